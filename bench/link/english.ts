/** Invented names and places of an English-speaking country. Surnames and places are put together from parts. */
import { type Dice, zipf } from './dice.ts'

const BOYS =
  'thomas william john james george henry charles edward robert joseph richard samuel arthur daniel david peter alfred frederick joshua lachlan benjamin jack matthew nicholas luke alexander ryan mitchell harrison liam jacob ethan cooper connor dylan hugh philip edmund walter stephen ralph anthony andrew francis lewis albert ernest harold leonard cyril percy herbert geoffrey roger simon oliver isaac nathaniel jonathan christopher adam patrick michael martin paul mark noah kyle blake zachary angus callum finn tyler riley hayden kane jarrod'.split(
    ' ',
  )
const GIRLS =
  'mary elizabeth anne sarah emily charlotte jessica isabella sophie olivia emma georgia chloe hannah ella grace lucy caitlin alice jane margaret catherine eleanor florence edith ethel harriet louisa frances dorothy helen ruth agnes amelia victoria rebecca rachel samantha nicole stephanie kayla brianna courtney paige molly imogen madison alexandra abigail zoe jasmine lauren bethany tahlia mia ruby sienna annabelle brooke erin tara claire matilda lilian ada beatrice maud winifred constance adelaide philippa'.split(
    ' ',
  )
const COMMON =
  'smith jones brown wilson taylor white clarke green webb ryan campbell morrison walker hall hill ward wood turner cooper king lee baker harris bell young allen wright thompson roberts cook carter parker nguyen mason reid ross gray scott murphy kelly'.split(
    ' ',
  )
const HEADS =
  'ash bar bell black brad brook bur cal carl clay col cran dal dun ed el fair farn fen gar glen gran had hal harl hart has hol hunt kel ken kirk lan law lind lock mal mar mel mor nor oak old pem pen pres rad red ros rus sal san sel shel stan sut thorn tren wal war wes whit win wol wood'.split(
    ' ',
  )
const TAILS =
  'ton ley field ford well bury by combe croft den don gate grove ham hurst land low man mere more ridge row shaw son stead stone thorpe wick wood worth yard er ing an ell ett is ock'.split(
    ' ',
  )
const KINDS = 'street place road avenue crescent circuit close court drive lane terrace parade way'.split(' ')

const composed = (): string[] => HEADS.flatMap((head) => TAILS.map((tail) => head + tail))

/** Steps through a list so that neighbours in it are not neighbours in frequency. */
const strewn = (items: readonly string[], step: number): string[] =>
  items.map((_, at) => items[(at * step) % items.length] ?? '')

const surnames = zipf([...COMMON, ...strewn(composed(), 743)], 0.75)
const boys = zipf(BOYS, 0.6)
const girls = zipf(GIRLS, 0.6)
const streets = zipf(strewn(composed(), 521), 0.3)
const towns = strewn(composed(), 389).slice(0, 700)
const kinds = zipf(KINDS, 0.8)

export const givenName = (dice: Dice, sex: 'male' | 'female'): string => (sex === 'male' ? boys : girls)(dice)
export const surname = (dice: Dice): string => surnames(dice)
export const streetName = (dice: Dice): string => `${streets(dice)} ${kinds(dice)}`
export const houseName = (dice: Dice): string =>
  `${streets(dice)} ${dice.pick(['park', 'farm', 'house', 'vale', 'village', 'flats', 'heights', 'downs'])}`
export const townNames: readonly string[] = towns

/** What a name is called at home. */
export const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  ...{
    thomas: ['tom', 'tommy'],
    william: ['bill', 'will', 'billy', 'willie'],
    john: ['jack', 'johnny', 'ian'],
  },
  ...{
    james: ['jim', 'jimmy', 'jamie'],
    george: ['georgie'],
    henry: ['harry', 'hal'],
    charles: ['charlie', 'chas'],
  },
  ...{
    edward: ['ned', 'ted', 'eddie'],
    robert: ['bob', 'rob', 'bertie'],
    joseph: ['joe'],
    richard: ['dick', 'rick'],
  },
  ...{ samuel: ['sam'], arthur: ['art'], daniel: ['dan'], david: ['dave', 'davy'], alfred: ['fred', 'alf'] },
  ...{ frederick: ['fred', 'freddie'], benjamin: ['ben'], alexander: ['alex', 'sandy'], francis: ['frank'] },
  ...{
    anthony: ['tony'],
    andrew: ['andy'],
    albert: ['bert', 'al'],
    leonard: ['len'],
    herbert: ['bert', 'herbie'],
  },
  ...{
    christopher: ['chris', 'kit'],
    michael: ['mick', 'mike'],
    nathaniel: ['nat'],
    walter: ['walt', 'wat'],
  },
  ...{ mary: ['molly', 'polly'], elizabeth: ['betty', 'liz', 'eliza', 'bess'], anne: ['annie', 'nancy'] },
  ...{
    sarah: ['sally'],
    margaret: ['peggy', 'maggie', 'meg'],
    catherine: ['kate', 'kitty'],
    eleanor: ['nell', 'nora'],
  },
  ...{ florence: ['flo', 'florrie'], harriet: ['hattie'], frances: ['fanny'], dorothy: ['dolly', 'dora'] },
  ...{ helen: ['nell'], victoria: ['vicky'], rebecca: ['becky'], charlotte: ['lottie'], louisa: ['lou'] },
}

/** English short forms of given names, as registers write them for one another. From general knowledge; never a proof. */
const SHORT_FORMS = `
abigail abby gail|albert bert al|alexander alex alec sandy|alfred alf fred|andrew andy drew|anne ann anna annie nan nancy hannah
anthony antony tony|archibald archie|arthur art|augustus gus|barbara babs|bartholomew bart|benjamin ben benny|bernard bernie
bridget biddy|catherine katherine kathryn kate kathy cathy katie kitty kay|charles charlie chas chuck|charlotte lottie
christopher chris kit|christina christine chrissie tina|clarence clare|daniel dan danny|david dave davy|deborah debbie
dorothy dot dolly|edmund ned|edward eddie ted teddy|edwin ed|eleanor ellen nell nellie nora|elizabeth eliza betty bess bessie beth
lizzie liz lisa elsie|emily emma em|ernest ernie|eugene gene|frances fanny|francis frank franky|frederick frederic freddie
gabriel gabe|geoffrey jeffrey geoff jeff|george geo georgie|gerald gerard gerry|gregory greg|harold hal|helen nellie lena
henry harry hank|herbert herb|horatio horace|hugh hughie|isaac ike|isabella isabel bella|jacob jake|james jim jimmy jamie jas
jane jenny janet|jeremiah jeremy jerry|joan joanna joanne jo|john jack johnny jock jno|jonathan jon|joseph joe jos joey
joshua josh|judith judy|julia julie|kenneth ken kenny|lawrence laurence larry|leonard leo len lenny|lewis louis lou|lucy lucia
margaret maggie meg peggy madge greta|maria mary molly polly marie mae|martha mattie patty|matilda tilly|matthew matt mat
michael mike mick micky|nathaniel nathan nat|nicholas nick nicolas|oliver ollie|pamela pam|patricia pat|patrick paddy
peter pete|philip phillip phil|priscilla prissy|rachel ray|ralph rafe|raymond|rebecca becky|reginald reg|richard dick rick dickie
robert bob bobby rob robbie bert|roger rodge|ronald ron|rosemary rose|samuel sam sammy|sarah sally sadie|simon sim|sophia sophie
stephen steven steve|susan susanna sue|sylvester syl|terence terry|theodore theo|theresa teresa tess|thomas tom tommy thos
timothy tim|tobias toby|ursula|valentine val|victoria vicky|vincent vince|walter wally walt|wilfred wilf|william bill billy will willie wm
winifred winnie|zachary zach`

const FORMAL: ReadonlyMap<string, string> = new Map(
  SHORT_FORMS.split(/[|\n]/)
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([formal = '', ...shorts]) => shorts.map((short) => [short, formal] as const)),
)

/** The full form behind a short one; the name itself where none is known. Both without marks, in small letters. */
export const formalName = (ascii: string): string => FORMAL.get(ascii) ?? ascii

import { fullName, wardAt } from '@sokhoe/codes'
import { type Dice, diceOf, weighted } from './random.ts'
import type { Address } from './resident.ts'

/** The ward of Bình Quới (once wards 27 and 28 of Bình Thạnh), Bình Thạnh beside it, and Gò Vấp. */
export const DEMO_WARDS: readonly string[] = ['26911', '26929', '26884']

/** Streets are invented: flowers, trees and numbers, so that no house of the city is meant. */
const FLOWERS =
  'Hoa Sứ,Hoa Lan,Hoa Mai,Hoa Cúc,Hoa Sữa,Hoa Đào,Hoa Huệ,Hoa Phượng,Hoa Quỳnh,Hoa Trà,Cây Bàng,Cây Keo,Cây Sao,Cây Dầu,Cây Me,Cây Xoài,Bông Súng,Bông Sen'

interface WardStreets {
  readonly code: string
  readonly name: string
  readonly place: string
  readonly streets: readonly [string, ...string[]]
}

/** The main street bears the ward's name; about twenty more are drawn for it. */
function streetsOf(code: string, name: string): readonly [string, ...string[]] {
  const dice = diceOf('streets', code)
  const flowers = FLOWERS.split(',').filter(() => dice.chance(0.5))
  const numbered = Array.from({ length: 8 + dice.whole(8) }, (_, at) => `Đường số ${at + 1}`)
  return [name.replace(/^(Phường|Xã|Đặc khu) /, ''), ...flowers, ...numbered]
}

/** A house on the street, on an alley, or on an alley's alley; alleys have few numbers, so that neighbours share them. */
function houseOn(dice: Dice): { house: string; alley: string | null } {
  const kind = dice.unit()
  if (kind < 0.35) return { house: String(1 + dice.whole(600)), alley: null }
  const alley = String(10 * (1 + dice.whole(60)))
  const turn = 1 + dice.whole(30)
  return { house: kind < 0.8 ? `${alley}/${turn}` : `${alley}/${turn}/${1 + dice.whole(12)}`, alley }
}

/**
 * Gives addresses in the chosen wards, to each ward as many as it has residents.
 *
 * @param codes 5 digits each, of wards standing on the day
 * @throws {RangeError} where no ward carries a code on the day, or none is given
 */
export function addressesIn(codes: readonly string[], day: string): (dice: Dice) => Address {
  const wards = codes.map((code) => {
    const ward = wardAt(code, day)
    if (!ward) throw new RangeError(`addressesIn: no ward ${code} on ${day}`)
    const is: WardStreets = {
      code,
      name: ward.name,
      place: fullName(ward, day),
      streets: streetsOf(code, ward.name),
    }
    return { is, count: ward.population ?? 1 }
  })
  const ward = weighted(wards)
  return (dice) => {
    const { code, name, place, streets } = ward(dice)
    const street = dice.chance(0.2) ? streets[0] : dice.pick(streets)
    const { house, alley } = houseOn(dice)
    return {
      ward: code,
      wardName: name,
      street,
      house,
      alley: alley && `${alley} ${street}`,
      text: `${house} ${street}, ${place}`,
    }
  }
}

import { sayDay } from '@sokhoe/ui/format'
import { Mark } from '@sokhoe/ui/parts/Mark'
import { QrCode } from '@sokhoe/ui/parts/QrCode'
import { type Card, wardName } from '../platform/api.ts'
import { say, sayOr } from '../platform/say.ts'

/** The face of the book: what a counter scans. The code holds no name, number or finding. */
export function HealthCard({ card }: { card: Card }) {
  return (
    <section className="card" aria-label={say('card.name')}>
      <Mark name={say('card.city')} />
      <p className="name">{card.name}</p>
      <div>
        <Fact label={say('card.birth')} value={sayDay(card.birthDate)} numeric />
        <Fact label={say('card.sex')} value={sayOr(`sex.${card.sex}`, say('sex.unknown'))} />
        {card.ward && <Fact label={say('card.station')} value={wardName(card.ward)} />}
      </div>
      {card.url !== null && <QrCode text={card.url} label={say('card.qr', { name: card.name })} />}
      <p className="no num">
        <small>{say('card.number')}</small>
        {card.number}
      </p>
    </section>
  )
}

function Fact({ label, value, numeric = false }: { label: string; value: string; numeric?: boolean }) {
  return (
    <>
      <small>{label}</small>
      <p className={numeric ? 'f num' : 'f'}>{value}</p>
    </>
  )
}

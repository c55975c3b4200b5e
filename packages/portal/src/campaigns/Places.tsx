import { Field } from '@sokhoe/ui/parts/Field'
import { QrCode } from '@sokhoe/ui/parts/QrCode'
import { type FormEvent, useState } from 'react'
import { sayPeople } from '../city/numbers.ts'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { type CampaignWithPlaces, type Place, useWork } from './api.ts'

/** Many scans and hardly a book: something at this place keeps people from finishing. */
const isPoor = ({ scans, books }: Place): boolean => scans >= 20 && books < scans / 4

/** Where posters hang, each with its own short address, and what came of each. */
export function Places({ campaign, changed }: { campaign: CampaignWithPlaces; changed: () => void }) {
  const { manages } = useWork()
  const { places } = campaign
  const hanging = places.filter(({ hangs }) => hangs).length
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('places.title')}</h2>
        <span className="muted">{say('places.hanging', { n: hanging })}</span>
      </div>
      <div className="inside place-qr">
        <QrCode text={campaign.url} label={say('places.qr', { title: campaign.title })} />
        <p>
          <span className="b block">{say('places.address')}</span>
          <span className="num-c address">{campaign.url.replace(/^https?:\/\//, '')}</span>
        </p>
      </div>
      <ul className="posters">
        {places.map((place) => (
          <PlaceRow key={place.code} campaign={campaign.code} place={place} changed={changed} />
        ))}
      </ul>
      {places.some(isPoor) && <p className="inside soft">{say('places.poor')}</p>}
      {manages && <NewPlace campaign={campaign.code} changed={changed} />}
    </section>
  )
}

function PlaceRow({ campaign, place, changed }: { campaign: string; place: Place; changed: () => void }) {
  const { api, manages } = useWork()
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const turn = async () => {
    const { name, hangs } = place
    const given = await ask('PUT', `${api}/campaigns/${campaign}/places/${place.code}`, {
      name,
      hangs: !hangs,
    })
    setAnswer(given)
    if (given.is === 'ready') changed()
  }
  const words = say(place.hangs ? 'places.take-down' : 'places.put-up')
  return (
    <li>
      <span className="grow">
        <b>{place.name}</b>
        <span className="block soft num-c">{place.url.replace(/^https?:\/\//, '')}</span>
        {!place.hangs && <span className="tag quiet">{say('places.down')}</span>}
        <Trouble answer={answer} />
      </span>
      <span className="soft num-c">{say('places.scans', { n: sayPeople(place.scans) })}</span>
      <span className={`num-c b ${isPoor(place) ? 'wa' : ''}`}>
        {say('places.books', { n: sayPeople(place.books) })}
      </span>
      {manages && (
        <button
          type="button"
          className="btn small second"
          aria-label={`${words}: ${place.name}`}
          onClick={() => void turn()}
        >
          {words}
        </button>
      )}
    </li>
  )
}

function NewPlace({ campaign, changed }: { campaign: string; changed: () => void }) {
  const { api } = useWork()
  const [name, setName] = useState('')
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const given = await ask('POST', `${api}/campaigns/${campaign}/places`, { name })
    setAnswer(given)
    if (given.is !== 'ready') return
    setName('')
    changed()
  }
  return (
    <form className="inside" onSubmit={(event) => void submit(event)}>
      <Field
        label={say('places.new')}
        hint={say('places.new.hint')}
        maxLength={80}
        required
        value={name}
        onText={setName}
      />
      <Trouble answer={answer} />
      <button type="submit" className="btn second">
        {say('places.add')}
      </button>
    </form>
  )
}

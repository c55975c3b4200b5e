import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { say } from '../say.ts'
import { Icon } from './Icon.tsx'

type Found = { data: string }
type Scanner = {
  start: () => Promise<void>
  stop: () => void
  destroy: () => void
  hasFlash: () => Promise<boolean>
  toggleFlash: () => Promise<void>
}
/** As much of the QR reader as is used here. */
type Reader = {
  new (
    video: HTMLVideoElement,
    onFound: (found: Found) => void,
    options: Readonly<Record<string, unknown>>,
  ): Scanner
  scanImage(file: File, options: Readonly<Record<string, unknown>>): Promise<Found>
}
type Camera = 'off' | 'starting' | 'on' | 'none'

const loadReader = async (): Promise<Reader> =>
  ((await import('qr-scanner')) as unknown as { default: Reader }).default

/** Reads the QR of a card by camera or from a photo. The picture never leaves the phone and is not kept. */
export function CardReader({ onText }: { onText: (text: string) => void }) {
  const [camera, setCamera] = useState<Camera>('off')
  const [unread, setUnread] = useState(false)

  const fromPhoto = async (file: File | undefined) => {
    if (!file) return
    setUnread(false)
    try {
      const Reader = await loadReader()
      const { data } = await Reader.scanImage(file, {
        returnDetailedScanResult: true,
        alsoTryWithoutScanRegion: true,
      })
      onText(data)
    } catch {
      setUnread(true)
    }
  }

  return (
    <div className="reader">
      {camera === 'off' || camera === 'none' ? (
        <button type="button" className="btn wide" onClick={() => setCamera('starting')}>
          <Icon name="qr" />
          {say('card.scan')}
        </button>
      ) : (
        <Finder onText={onText} onState={setCamera} on={camera === 'on'} />
      )}
      <label className="btn second wide file">
        <Icon name="image" />
        {say('card.photo')}
        <input
          type="file"
          accept="image/*"
          className="sr"
          onChange={(event) => {
            void fromPhoto(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </label>
      <div role="alert">
        {camera === 'none' && <p className="em">{say('card.no-camera')}</p>}
        {unread && <p className="em">{say('card.unread-photo')}</p>}
      </div>
    </div>
  )
}

type FinderProps = { onText: (text: string) => void; onState: (camera: Camera) => void; on: boolean }

function Finder({ onText, onState, on }: FinderProps) {
  const video = useRef<HTMLVideoElement>(null)
  const { lamp, toggleLamp } = useCamera(video, onText, onState)
  return (
    <div className="finder">
      <video ref={video} muted playsInline aria-label={say('card.finder')} />
      <svg className="frame" viewBox="0 0 330 230" preserveAspectRatio="none" aria-hidden="true">
        <path d="M3 42V14C3 8 8 3 14 3h36M280 3h36c6 0 11 5 11 11v28M327 188v28c0 6-5 11-11 11h-36M50 227H14c-6 0-11-5-11-11v-28" />
      </svg>
      {lamp && (
        <button type="button" className="ibtn lamp" onClick={toggleLamp} aria-label={say('card.lamp')}>
          <Icon name="torch" />
        </button>
      )}
      <p className="words" role="status">
        {on ? say('card.aim') : say('card.starting')}
      </p>
      <button type="button" className="btn second stop" onClick={() => onState('off')}>
        {say('card.stop')}
      </button>
    </div>
  )
}

function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  onText: (text: string) => void,
  onState: (camera: Camera) => void,
) {
  const scanner = useRef<Scanner>(undefined)
  const [lamp, setLamp] = useState(false)
  const tell = useRef({ onText, onState })
  tell.current = { onText, onState }

  useEffect(() => {
    let gone = false
    const start = async (element: HTMLVideoElement) => {
      const Reader = await loadReader()
      if (gone) return
      let last = ''
      const found = ({ data }: Found) => {
        if (data === last) return
        last = data
        tell.current.onText(data)
      }
      const reader = new Reader(element, found, {
        returnDetailedScanResult: true,
        preferredCamera: 'environment',
      })
      scanner.current = reader
      await reader.start()
      if (gone) return reader.destroy()
      tell.current.onState('on')
      setLamp(await reader.hasFlash())
    }
    if (video.current) start(video.current).catch(() => gone || tell.current.onState('none'))
    return () => {
      gone = true
      scanner.current?.stop()
      scanner.current?.destroy()
    }
  }, [video])

  const toggleLamp = useCallback(() => void scanner.current?.toggleFlash(), [])
  return { lamp, toggleLamp }
}

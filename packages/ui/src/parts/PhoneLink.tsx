/** A number that a telephone dials when it is touched. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} className="num nowrap b">
      {phone}
    </a>
  )
}

/** The sign of the house: a book with a cross. */
export function Mark({ name = 'Sổ Khỏe' }: { name?: string }) {
  return (
    <span className="mark">
      <svg viewBox="0 0 26 26" aria-hidden="true">
        <path
          d="M5 2h16a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z"
          fill="currentColor"
        />
        <path d="M7.5 2v22" className="cut" strokeWidth="1.6" />
        <path d="M15.3 7.5v9M10.8 12h9" className="cut" strokeWidth="3" />
      </svg>
      {name}
    </span>
  )
}

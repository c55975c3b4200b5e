/**
 * Every way this server can refuse, in one place.
 *
 * The code is the contract: clients translate it, tests name it, dashboards count it. The sentence is for
 * developers and logs. Neither ever carries a name, a number or a finding of a person. Listed in docs/problems.md.
 */
const PROBLEMS = {
  'request.invalid': [400, 'The request does not fit its schema'],
  'request.not-json': [400, 'The body is not valid JSON'],
  'request.too-large': [413, 'The body is larger than this address accepts'],
  'request.unsupported-media-type': [415, 'This address does not read that kind of content'],
  'request.cross-site': [403, 'A page of another site may not do this'],
  'request.not-found': [404, 'There is nothing at this address'],
  'request.unreadable': [400, 'This is no HTTP request'],
  'request.too-slow': [408, 'The request did not arrive in time'],
  'request.head-too-large': [431, 'Address and headers are longer than 16 kB together'],
  'request.busy': [503, 'The server is busy; try again shortly'],
  'identity.sign-in-needed': [401, 'Nobody is signed in'],
  'identity.phone-invalid': [422, 'This is not a Vietnamese mobile number'],
  'identity.code-wrong': [401, 'The one-time code is wrong'],
  'identity.challenge-expired': [401, 'The request for a code has expired or was already used'],
  'identity.blocked': [429, 'Too many wrong codes; wait before trying again'],
  'identity.limited': [429, 'Too many codes were asked for; wait before asking again'],
  'identity.ticket-refused': [401, 'The ticket code is wrong, used or has ended'],
  'identity.proof-wrong': [401, 'The card or the number and birth date do not fit'],
  'identity.card-unreadable': [422, 'This card cannot be read'],
  'eid.unreachable': [503, 'The national electronic identity does not answer; try again later'],
  'eid.ended': [410, 'This confirmation has ended or was already used'],
  'eid.refused': [422, 'The national electronic identity confirms nobody here'],
  'eid.differs': [
    409,
    'The national electronic identity and the book say different things; the station helps',
  ],
  'staff.sign-in-needed': [401, 'Nobody of the staff is signed in'],
  'staff.refused': [401, 'User, password and code do not fit'],
  'staff.user-taken': [409, 'There is already an account of this name'],
  'staff.not-yours': [403, 'This account does not reach that'],
  'access.refused': [403, 'This person has not opened that record to you'],
  'family.own-book-first': [409, 'Only somebody of 18 or older with a book of her own keeps another one'],
  'family.grown-up': [422, 'Somebody of 18 or older gives the right to act for her herself'],
  'family.station-needed': [409, 'More children than a telephone may add by itself: the station adds them'],
  'family.nothing-to-confirm': [409, 'There is nothing to confirm for this person'],
  'family.code-refused': [422, 'The code is wrong, used or has ended'],
  'family.not-yourself': [422, 'Nobody acts for herself: both sides are the same person'],
  'family.birth-date-kept': [409, 'A representative does not change a birth date; the station does'],
  'station.query-unclear': [422, 'That is not enough to look somebody up by'],
  'station.differs': [409, 'Document and book say different things'],
  'station.other-person': [409, 'The document names another person than this book'],
  'station.nothing-to-undo': [409, 'There is no confirmation that can still be taken back'],
  'station.part-first': [409, 'Another book has joined this one since: the two are parted first'],
  'station.verify-first': [409, 'The book is to be confirmed before a number in it is replaced'],
  'station.reason-needed': [422, 'After a day a reason is written down'],
  'station.doubtful': [422, 'A number can be, but rarely is: it is to be looked at again'],
  'station.walk-too-long': [422, 'More names than one walk has on paper'],
  'station.changed': [409, 'These measurements were already kept with other numbers'],
  'station.two-numbers': [
    409,
    'Both have a verified number of their own, and nothing names the two as one person’s',
  ],
  'station.cannot-join': [409, 'These two cannot be made one'],
  'station.second-person': [409, 'A second person confirms this, not the one who proposed it'],
  'station.confirm-first': [409, 'One of the two books has to be confirmed with a document first'],
  'station.no-proposal': [409, 'Nobody has proposed this'],
  'station.not-joined': [409, 'There is nothing here that could be parted'],
  'review.changed': [409, 'These records are not asked about like this any more'],
  'review.nothing-to-undo': [409, 'There is no decision of yours that can still be taken back'],
  'move.has-book': [409, 'This number already keeps a book of its owner'],
  'move.locked': [409, 'This book does not move again for some time, unless the station checks the person'],
  'move.none': [404, 'There is no change of telephone to undo'],
  'move.not-yet': [403, 'Until the change of telephone is done this number only adds'],
  'book.none': [404, 'There is no book at this telephone yet'],
  'print.unknown': [404, 'No paper was printed under this code'],
  'book.closed': [409, 'This book is closed'],
  'book.ward-unknown': [422, 'There is no such ward today'],
  'book.statement-unknown': [404, 'There is no such statement of your own in this book'],
  'book.changed-meanwhile': [409, 'The statement has changed since it was read'],
  'book.sent-changed': [409, 'This was already sent with other content'],
  'book.impossible': [422, 'The value cannot be'],
  'book.unlikely': [409, 'The value is unlikely and needs a second yes'],
  'book.document-unknown': [404, 'There is no such document in this book'],
  'book.document-unreadable': [422, 'This is not a whole picture or PDF of the kind it is sent as'],
  'book.document-active': [422, 'A PDF that runs, opens or carries something is not kept'],
  'book.document-too-many': [409, 'There is no room for more documents in this book'],
  'book.asked-already': [409, 'The same was asked before and still waits for its answer'],
  'book.answered-already': [409, 'This was answered already'],
  'book.line-unknown': [404, 'There is no such line in this book'],
  'book.line-own': [409, 'What the person said herself she changes herself'],
  'book.not-corrected': [409, 'Whoever stated the line has not changed it yet'],
  'book.text-changed': [409, 'The words shown are not those of today'],
  'campaign.unknown': [404, 'There is no campaign with this code'],
  'campaign.ended': [410, 'This campaign has ended'],
  'campaign.ward-unknown': [422, 'No ward has this code today'],
  'campaign.place-unknown': [404, 'This campaign has no such place'],
  'campaign.too-many-places': [409, 'A campaign has at most 500 places'],
  'declaration.invalid': [422, 'The answers do not fit the form'],
  'declaration.changed': [409, 'This declaration was already kept with other content'],
  'declaration.other-person': [409, 'The answers name another person than this book'],
  'declaration.representative-needed': [422, 'Somebody under 18 declares through a representative'],
  'declaration.child-not-asked': [422, 'From seven years on a child is asked too, and agrees'],
  'declaration.book-closed': [409, 'This book is closed'],
  'declaration.too-many-drafts': [409, 'There are too many unsent drafts'],
  'record.unknown-patient': [422, 'No such Patient'],
  'record.version-conflict': [412, 'Another version stands by now'],
  'record.retained': [409, 'The record must still be kept'],
  'record.undecided': [403, 'Erasing needs an approved decision'],
  'record.damaged': [500, 'A sealed piece of the record does not open'],
  'fhir.sign-in-needed': [401, 'A valid token is needed'],
  'fhir.scope': [403, 'The token does not open this'],
  'fhir.not-found': [404, 'There is no such resource'],
  'fhir.gone': [410, 'The resource was deleted'],
  'fhir.malformed': [400, 'The request is not well formed'],
  'fhir.invalid': [422, 'The resource breaks a rule of FHIR'],
  'fhir.unknown-patient': [422, 'The resource is about a Patient that is not here'],
  'fhir.not-allowed': [405, 'This is not done at this address'],
  'fhir.not-supported': [400, 'This is not supported'],
  'fhir.too-costly': [403, 'The search must say more'],
  'fhir.conflict': [409, 'It conflicts with what is here'],
  'fhir.version-conflict': [412, 'The resource has changed since'],
  'fhir.many-matches': [412, 'More than one resource fits the condition'],
  'fhir.not-acceptable': [406, 'Only JSON is written here'],
  'fhir.media-type': [415, 'Only JSON is read here'],
  'fhir.too-large': [413, 'The request is too large'],
  'fhir.limited': [429, 'There is already as much under way as one client may have'],
  'fhir.too-slow': [408, 'The request did not arrive in time'],
  'client.unknown': [404, 'There is no such client'],
  'client.taken': [409, 'There is already a client of this name'],
  'client.facility-unknown': [422, 'No facility has this code'],
  'client.scope-unknown': [422, 'This is no scope that a client can have'],
  'client.key-unfit': [422, 'This is no public key for ES384 or RS384'],
  'client.key-known': [409, 'The client has a key of this name already'],
  'client.address-unfit': [422, 'Keys are not fetched from such an address'],
  'server.not-ready': [503, 'The server is still preparing'],
  'server.fault': [500, 'Something broke on our side'],
} as const satisfies Record<`${string}.${string}`, readonly [status: number, sentence: string]>

export type ProblemCode = keyof typeof PROBLEMS

export const problemCodes = Object.keys(PROBLEMS)

export interface ProblemOptions extends ErrorOptions {
  /** Where the request was wrong: JSON pointers, linkIds and rule names, never values. */
  readonly at?: readonly string[]
  /** Whole seconds until trying again makes sense; sent as Retry-After too. */
  readonly retryAfter?: number
  /** Further members of the answer; never anything about a person. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** A refusal with a stable code. Throw it anywhere; the edge alone turns it into HTTP (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  readonly at: readonly string[]
  readonly retryAfter: number | undefined
  readonly more: Readonly<Record<string, unknown>>

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const [status, sentence] = PROBLEMS[code]
    super(sentence, options)
    this.code = code
    this.status = status
    this.at = options.at ?? []
    this.retryAfter = options.retryAfter
    this.more = options.more ?? {}
  }

  toJSON() {
    const { code, message: title, status, at, retryAfter, more } = this
    return { type: `/problems/${code}`, title, status, at, ...(retryAfter && { retryAfter }), ...more }
  }
}

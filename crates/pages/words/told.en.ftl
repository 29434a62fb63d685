### English: what is said of rows, values and lists, and of settings.


## Rows and cells

told-line-too-long = The line has more than { $most } bytes, which no record needs; it was not read
told-quote-open = A quote is not closed, or a closing quote stands inside a cell; a cell with quotes is written "so ""quoted"""
told-column-not-utf8 = Column { $column } is not UTF-8; save the file as UTF-8, or name its encoding
told-column-no-text = Column { $column } has bytes that are no characters in { $encoding }
told-cells-too-many = The row has { $cells } cells, the first row has { $right }; a cell that contains the separator stands in quotes
told-cells-too-few = The row has { $cells } cells, the first row has { $right }
told-column-beyond = There is a cell in column { $at }; at most { $most } columns are read
told-column-holds = Column { $name } holds { $held }; expected a text, a number or a list
told-list-not-closed = The list is not closed with ], so records may be missing: the file seems to be cut
told-byte-not-utf8 = Byte { $byte } is not UTF-8; save the file as UTF-8, or name its encoding
told-no-json-object = No JSON object: { $what }
told-field-no-text = Field { $name }: { $what }; expected a text, a number, or a list of these
told-half-a-pair = half of a surrogate pair
told-too-deep = objects or lists too deep in one another
told-field-beyond = Field { $name } would be column { $at }; at most { $most } are read
told-not-an-encoding = { $name } is no encoding that is known; write for example utf-8, utf-16le, windows-1254, windows-1256
held-bytes-that-are-no-utf-8 = bytes that are no UTF-8
held-a-group-of-fields = a group of fields
held-a-map = a map
held-a-time-that-no-calendar-has = a time that no calendar has

## Values

told-not-a-date = { $text } is not a date; write 1957, 1957-05, 1957-05-16, 16 May 1957, 1957~ (about) or 1955/1958 (between)
told-no-such-day = { $text } is no day of the calendar: month { $month } of { $year } has no day { $day }
told-date-of-two-days = { $text } could mean two days; write the month as a word, or the date as year-month-day
told-long-name = A name of { $length } bytes; at most { $most } are read
told-no-letters = { $text } has neither letters nor digits
told-not-a-number = { $text } is not a number that identifies
told-not-a-gender = { $text } is not a gender; write female, male or other
told-not-a-country = { $text } is not a country; write a code such as ir
told-value-wrong = { $property }: { $what }
told-value-left-out = { $property }: { $what }. This value was left out
told-only-titles = { $text } is nothing but titles or a legal form; give the name itself
told-nothing-to-go-by = There is nothing to go by: give at least a name or a number
told-nothing-to-go-by-as = There is nothing to go by: give at least a name or a number ({ $what })
told-kind-wrong = What it is: { $what }
told-no-schema-word = { $text } is not a FollowTheMoney schema; write for example Person, Company, Vessel
told-no-kind = { $text } is no kind that is known; say what the word means, for example Person

## Records in JSON

told-not-json = Not JSON: { $what }
told-no-record = Expected an object with id, schema and properties; found { $json }
told-not-an-entity-id = Field id: { $text } is not an id; it must be a text of 1 to 255 bytes without spaces
told-schema-missing = Field schema is missing; write for example Person, Company or Vessel
told-no-schema = Field schema: { $text } is not a FollowTheMoney schema
told-no-schema-but-near = Field schema: { $text } is not a FollowTheMoney schema; did you mean { $near }?
told-no-properties = Field properties: expected an object of lists of text; found { $json }
told-text-expected = Expected text; found { $json }
told-list-for-a-record = Expected an object with an id; found a list
told-no-json-line = Not JSON: each line is an object and begins with a brace
told-no-json-at = Not JSON: { $what } (character { $at })
told-no-query-at = Not a query: { $what } (character { $at })
told-half-of-two = half of a surrogate pair; a character beyond U+FFFF is written as two \u escapes
told-id-no-text = Field id: expected a text or a number; found { $text }
told-no-columns = No columns are known
told-record-not-utf8 = Byte { $byte } is not UTF-8; save the file as UTF-8
json-null = nothing (null)
json-true-or-false = true or false
json-a-number = a number
json-a-text = a text
json-a-list = a list
json-an-object = an object

## Files of customers

told-number-missing = It has no number of its own; say which column holds it, and fill it in
told-id-missing = Field id: it has no number of its own
told-parties-no-list = Field parties: expected a list of objects with id, role, schema and properties
told-party-wrong = Field parties, number { $nth }: { $what }
told-party-no-object = expected an object
told-schema-not-screened = This kind is not screened: { $schema }; write Person, Company, LegalEntity or Vessel
told-not-an-exposure = { $text } is no amount; right would be a whole number such as 12500
told-number-twice = { $reference } stands in { $place } already, with other values; which is right?
told-no-such-parent = There is no customer { $reference }, neither in the file nor in { $portfolio }
told-nobody-can-leave = Nobody has left: a record that was not taken has no number, so nobody knows who is missing. Mend it and take the file in again
told-at-place = { $place }: { $what }
told-not-one-sign = { $text } is not one ASCII character such as ; or |
told-not-a-line = { $text } is not the number of a line, such as 3
mapping-country-wrong = { $text } is not a country; right would be a name or a code such as TR

## What each setting is for

about-data = Data folder; the user's own if nothing is said
about-model = Model file in place of the one that comes with the program
about-store = Store: a file or postgres://…; store.sqlite in the data folder if nothing is said
about-threads = Threads to work with; all processors if nothing is said
about-listen = Address and port; YENTE_HOST and YENTE_PORT too
about-manifest = Manifest in the form of yente's, a file or its address
about-crontab = When lists are looked for, in UTC; once an hour if nothing is said
about-auto-update = Whether lists are looked for at all
about-delta-updates = Whether changes are fetched in place of whole lists
about-stale-after = How old a copy may be, such as 3d; what its source says if nothing is said
about-update-token = The token of /updatez; nobody may call it without one
about-http-proxy = Proxy through which lists are fetched
about-ca = Authorities (PEM) that are trusted when lists are fetched, and no others
about-log-level = error, warn, info or debug
about-log-format = text for a terminal, or json: a line for each event and request
about-tls-certificate = Certificate for TLS, a PEM file
about-tls-key = The key of the certificate, a PEM file
about-behind-proxy = Addresses of proxies that do TLS, with commas between
about-open-to = Addresses that screen without a key although there are users
about-address-limit = Requests a second of one address; 0 for no limit
about-key-limit = Requests a second of one key; 0 for no limit
about-url = Where browsers reach the server
about-oidc-issuer = An issuer of OpenID Connect at which people sign in
about-oidc-client = Who the server is at that issuer
about-oidc-secret-file = File with the secret it has there
about-oidc-secret = That secret itself
about-oidc-roots = Certificates to trust there in place of the usual ones
about-title = What the server is called
about-max-batch = Queries in one request
about-match-page = Results of a query where no limit is asked for
about-max-matches = The highest limit that can be asked for
about-match-candidates = Taken and changes nothing: no candidate is lost here
about-default-algorithm = The algorithm where none is asked for
about-best-algorithm = What ‘best’ means
about-hidden-algorithms = Algorithms that /algorithms does not tell of, with commas between
about-max-url-length = Bytes of path and query
about-webhook-private = Whether webhooks may reach addresses of private networks

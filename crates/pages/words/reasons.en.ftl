### English: why a file is no table and no list, why it could not be fetched, what was found in it, what could not be erased.

## Forms of files that are no table and no list

form-a-pdf-document = a PDF document
form-an-image = an image
form-an-old-office-document = an old Office document
form-a-bzip2-archive = a bzip2 archive
form-an-xz-archive = an xz archive
form-a-7-zip-archive = a 7-Zip archive
form-a-zstd-archive = a zstd archive

## Why a file is no table

told-in-file = { $file }: { $what }
told-in-line = Line { $line }: { $what }
told-in-row = Row { $row }: { $what }
told-is-a-folder = This is a folder; give a file
told-is-no-text = This is no text but a workbook or a table in binary form
told-is-a-pdf = This is a PDF document; take the table as CSV or XLSX
told-is-old-office = This is an old Office document, or one with a password; save it as XLSX without a password
told-is-packed = This is { $form }; unpack it first
told-is-rtf = This is an RTF document; save the table as CSV or XLSX
told-is-markup = This is markup (HTML or XML), no table; save it as CSV or XLSX
told-is-binary = This is binary data (it has NUL bytes), no table
told-is-utf16 = The file is UTF-16; save it as UTF-8
told-lines-end-with-cr = The lines end with CR alone; save the file with LF or CR LF
told-table-is-empty = The file is empty; a first row with the names of the columns is expected
told-sheet-is-empty = The sheet is empty; a first row with the names of the columns is expected
told-columns-too-many = { $count } columns; a table has { $most } at most
told-more-than-memory = More than { $most } bytes would be held in memory; unpack it to a file and give that
told-unpacks-to-too-much = { $packed } bytes unpack to more than { $out } bytes, which no table does; it was not read on
told-gzip-cut = The gzip file is cut; fetch or pack it again
told-gzip-damaged = The gzip file is damaged ({ $what }); fetch or pack it again
told-zip-broken = The file is damaged or cut ({ $what }); fetch or save it again
told-workbook-damaged = The workbook is damaged; save it again
told-workbook-broken = The workbook is damaged or cut ({ $what }); save it again
told-workbook-ends-early = The workbook could not be read to its end
told-workbook-has-password = The workbook has a password; save it without one
told-zip-is-no-workbook = This is a ZIP archive, but no workbook of Excel with a sheet of cells ({ $what }); save the table as XLSX or CSV
told-no-such-sheet = The workbook has no sheet { $name }; it has { $known }
told-no-sheet-of-cells = The workbook has no sheet of cells
told-parquet-unreadable = The Parquet file cannot be read: { $what }
told-parquet-damaged = The Parquet file is damaged; write it again
told-parquet-left-out = This is an Apache Parquet file, which this program was built without; save it as CSV
told-file-is-empty = The file is empty
told-more-mebibytes = The file has more than { $most } MiB, which is the most that is read; divide it
told-more-mebibytes-sent = The file has more than { $most } MiB, which is the most that is taken; send it in parts
told-files-wait-already = { $most } files of yours wait already; take some in or discard them
told-file-is-being-taken = This file is being taken in
told-file-is-in = This file is in already; send it again to take it in again
told-file-is-being-sent = This file is still being sent
told-nothing-came = Nothing came for { $seconds } seconds; send the file again
told-no-file-came = No file came; choose one

## Why a list could not be read at all

told-list-unreadable = { $file }: cannot be read: { $what }
told-no-file-given = No file was given; name at least one list file
told-list-file-empty = { $file }: the file is empty; download it again
told-no-list-but = { $file } is no list. Found: { $found }. Expected: { $wanted }
told-list-cut = { $file }: the file is cut in the middle, at line { $line } (byte { $byte }). Found: { $found }. Expected: { $wanted }. Download it again
told-list-malformed = { $file }: line { $line } (byte { $byte }). Found: { $found }. Expected: { $wanted }
told-list-without-records = { $file }: the list holds no record; a list without records is not taken for a complete one, download it again
told-list-only-adds = { $file }: this is { $part }, which only adds to { $missing }; give { $missing } in the same call
told-list-given-twice = { $file } and { $other } are both { $part } of the same list; give one of them
told-readable-lists = a list of the UN Security Council, of OFAC, the EU, the UK, Switzerland, Canada, Australia or Türkiye in a form that its publisher offers, FollowTheMoney entities (one JSON object a line), or statements of the Beneficial Ownership Data Standard 0.4 (JSON)
told-perhaps-own = { $found }; if it is your own, write a map for it with ‘mihenk lists map FILE’, and add it with --map
told-like-form-take-edition = { $form }; take the XML or CSV edition of the list
told-list-gzip = a gzip archive; unpack it first (gzip -d)
told-list-utf16 = text in UTF-16; save it as UTF-8
told-list-utf16-unmarked = text in UTF-16 without a byte order mark; save it as UTF-8
told-list-binary = binary data (it has NUL bytes), perhaps an archive
told-archive-no-workbook = a ZIP archive or an Office document that is no workbook; unpack it, or take another edition
told-archive-without-end = the archive has no end record
told-whole-workbook = a whole workbook
told-json-array = a JSON array; FollowTheMoney files have one object a line, without brackets
told-statements-before = statements of the Beneficial Ownership Data Standard before 0.4; ask the publisher for version 0.4
told-workbook-of-first-row = a workbook whose first row is { $text }
told-table-of-first-row = a table whose first row is { $text }
told-text-beginning-with = text that begins with { $text }
told-html-page = an HTML page (often the error page of a server)
told-html-or-xml = an HTML page or XML document (often the error page of a server)
told-xml-of-another-kind = an XML document of another kind (root element { $text })
told-xml-without-root = markup without a root element
told-ends-before-root = the file ends before the root element
told-an-xml-document = an XML document
told-delta-for-a-list = a delta of OpenSanctions, which is no list by itself; take entities.ftm.json
told-json-without-schema = JSON, but no FollowTheMoney entity: there is no field “schema”
told-json-over-lines = one JSON document over several lines; FollowTheMoney files have one object a line
told-json-not-closed = the JSON object is not closed
told-object-a-line = one JSON object a line
told-object-a-line-ended = one JSON object a line, and a line end behind the last
told-begins-like-json = text that begins like JSON ({ $what })
told-no-json-text = text that is no JSON ({ $what })
told-only-row-incomplete = the only row is not complete: { $text }
told-last-row-open = the last row is not closed: { $text }
told-last-row-short = the last row has { $cells } of { $right } fields: { $text }
told-last-line-open = the last line is not closed: { $text }
told-last-line-no-json = the last line is no JSON: { $text }
told-whole-rows = whole rows
told-ofac-whole-rows = whole rows, each with its line end, and OFAC’s end mark (byte 1A) behind them
told-ofac-end-mark = OFAC’s end mark (byte 1A) behind the last row, as in { $file }
told-ofac-without-mark = the file has no end mark
told-ofac-changes = a file of changes to an earlier version of OFAC’s list
told-ofac-whole-list = the whole list (SDN_ADVANCED.XML, CONS_ADVANCED.XML)
told-swiss-part = a part of the Swiss sanctions list ({ $text })
told-swiss-whole-list = the whole list (Gesamtliste, list-type="whole-list")
told-catalogue-entry = OpenSanctions’ index.json with “name”, “version” and the resource “entities.ftm.json”
told-catalogue-without = a catalogue without the dataset { $dataset }
told-catalogue-without-entities = a dataset { $dataset } without { $file }
told-catalogue-without-version = a dataset { $dataset } without a version
told-something-else = something else ({ $what })
told-index-of-deltas = an index of deltas: { "{" }"versions": { "{" }VERSION: ADDRESS{ "}" }{ "}" }
told-delta-line-expected = a delta line that fits the version at hand
told-no-element = no element at all
told-element-open = { $text } is not closed
told-end-tag-of = the end tag of { $text }
told-byte-no-utf8 = a byte that is not UTF-8
told-document-in-utf8 = a document in UTF-8
told-well-formed-xml = well-formed XML

## Why a list could not be fetched

told-fetch-failed = { $address }: { $what }
told-fetch-failed-after = { $address }: { $what } (tried { $attempts } times)
told-no-web-address = This is no address of a web server; write https://…
told-no-connection = No connection: { $what }
told-none-within = none within { $seconds } seconds
told-server-unknown = the name of the server is unknown
told-connection-refused = it was refused
told-proxy-address-wrong = the address of the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) is none
told-proxy-makes-none = the proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) makes none
told-no-secure-connection = No secure connection: { $what }; a company’s own authority is given with --ca FILE or SSL_CERT_FILE
told-server-stalled = The server said nothing for { $seconds } seconds
told-file-too-slow = The file was not there after { $seconds } seconds
told-file-cut = The file was cut: { $received } bytes came
told-file-cut-of = The file was cut: { $received } bytes came, { $promised } were promised
told-file-too-long = The file is too long: { $received } bytes or more; { $most } is the most that is taken
told-redirects-too-many = More than { $most } redirects, the last to { $address }
told-redirect-without-address = a redirect without an address
told-redirect-to-no-address = a redirect to something that is no web address
told-sent-to-insecure = The server sends us from a secure address to { $address }, which is not secure; that is not followed
told-answered = The server answered { $code }
told-answered-wants-token = The server answered { $code }: it wants a token, or another one
told-answered-not-there = The server answered { $code }: there is no such file; has the publisher moved it?
told-answered-by-proxy = The server answered { $code }: the proxy wants a name and a password
told-answered-too-often = The server answered { $code }: it was asked too often
told-answered-trouble = The server answered { $code }: it has trouble of its own
told-answered-unasked = The server answered { $code }, though it was not asked whether anything changed
told-no-proper-http = The answer is no proper HTTP: { $what }
told-header-not-sendable = The header with the secret cannot be sent: its name or value has characters that a header may not have
told-addresses-give-no-one-list = The addresses of { $dataset } do not give one list
told-address-gives-another = The address of { $dataset } gives { $other }
told-gives-no-list = { $dataset } gives no list
told-nothing-was-sent = { $address }: nothing was sent
told-length-is-another = { $name }: { $received } bytes came, the catalogue says { $promised }; it was cut, or is being replaced
told-checksum-is-another = { $name }: SHA-1 { $found } came, { $wanted } is said of it; it was cut, or is being replaced
told-in-line-of = { $name }, line { $line }: { $what }
told-not-put-in-use = The new version could not be put in use: { $what }

## Why two versions are not compared, and what is wrong with a key

told-one-version-alone = Only one version of { $dataset } was ever in use; there is nothing to compare it with
told-version-was-swept = The version of { $dataset } that was in use before, { $version }, was swept, so there is nothing to compare it with; choose another one
told-several-versions = { $text } could be several versions; write more of it
told-no-such-version = { $text } is no file, no loaded list and no stored version
told-key-is-missing = { $file } is missing: documents, and secrets of one-time codes and webhooks, are sealed with the key in it, and cannot be read without; bring it back from a backup, or name it with MIHENK_KEY_FILE

## What could not be erased

told-pages-and-log = free pages and write-ahead log of { $store }
told-backup-out-of-reach = The backup { $file } cannot be reached; bring it back so that it can be erased there, or say that it does not exist any more
told-store-is-busy = Another program has been writing to the store for more than { $seconds } s; nothing was stored, try again when it is done ({ $what })

## What was found, where it is not the file's own words

told-found-nothing = nothing
told-found-no-name = no name
told-found-no-end-mark = no end mark
told-found-no-id = no id in its column
told-found-no-schema = no schema
told-found-name-without-parts = a name without parts
told-found-neither = neither a name nor a number
told-found-times = { $count } times { $name }
told-found-delisted = { $count } targets that were taken off the list
told-found-entries = { $count } entries
told-found-without = no { $field }
told-found-without-value = { $text } without a value
told-found-closed-record = a closed record
told-found-interest-of = an interest of type { $text }
told-found-the-place = the place { $text }
told-found-remark-cut = a remark that is cut: { $text }
told-found-encoding = the text is in { $encoding }
told-found-bytes-no-utf8 = bytes that are not UTF-8
told-found-no-line-end = the last row has no line end
told-found-only-end-mark = { $file } has no rows, only an end mark
told-found-no-workbook = no workbook for { $name }
told-found-no-column-of-weak = no column that says which names are weak
told-found-column = column { $text }
told-found-a-column = a column { $text }
told-found-sheet-unheaded = a sheet { $name } of { $rows } rows without a heading
told-found-row-of = a row with { $count } fields: { $text }
told-found-row-for = a row for entity number { $number }: { $text }
told-found-row-again = the same row once more
told-found-rows-apart = rows of number { $number } apart from others of it
told-found-id-again = the id once more
told-found-own-id-again = its id once more
told-found-id-again-as = { $id } once more, as { $schema } and as { $schema_again }
told-found-number-again = the number of { $id } once more
told-found-entity-again = entity number { $number } once more
told-found-name-of-none = { $text } is the name of no record
told-found-name-of-several = { $text } is the name of { $count } records
told-found-record-in = a record { $name } in { $text }
told-found-record-without-number = a record without a number: { $text }
told-found-record-without-usable-number = a record without a usable number: { $text }
told-found-record-without-both = a record without number and name: { $text }
told-found-row-without-number = a row without a number: { $text }
told-found-row-without-name = a row without a name: { $text }
told-found-target-without-usable-number = a target without a usable number: { $text }
told-found-party-without-number = a party without a number: { $text }
told-found-party-without-profile = a party without a profile: { $text }
told-found-entry-without-number = an entry without a number: { $text }

//! Holds XML against a schema that the user has, with `xmllint` of libxml2.
//!
//! In come the bytes of a report and the path of an XML Schema file, which an authority gives to those who report to it; out come what the
//! schema says against it, line by line, or why that could not be found out. Nothing is fetched (`--nonet`, no catalogues), and nothing is
//! written. The program is started anew for each report and reads it from its standard input. It knows XML Schema 1.0: what a schema asks by `xs:assert`, which
//! is of 1.1, makes it unusable here, and is said so. Exit codes are those of the manual page xmllint(1).

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

const PROGRAM: &str = "xmllint";

/// What a schema says against a report.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SchemaFinding {
    /// The line of the report, from 1, if it is about one.
    pub line: Option<u64>,
    /// What it says, in libxml2's words.
    pub what: String,
}

/// Why a report could not be held against a schema.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The program is not there.
    #[error("a schema is checked by {program}, which is not on this machine; on Debian: apt install libxml2-utils")]
    NoProgram {
        /// Which.
        program: String,
    },
    /// The schema cannot be read.
    #[error("{path}: {source}")]
    NoSchema {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no schema, or one that libxml2 cannot use.
    #[error("{path}: no XML Schema 1.0 that libxml2 can use: {why}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What libxml2 says.
        why: String,
    },
    /// The program could not be talked to, or ended otherwise than its manual says.
    #[error("xmllint: {0}")]
    Failed(String),
}

/// What a schema says against the bytes of a report; nothing when it has nothing to say.
///
/// # Errors
/// When the schema cannot be read or used, or `xmllint` is not there.
pub fn schema_check(xml: &[u8], schema: &Path) -> Result<Vec<SchemaFinding>, SchemaError> {
    check_with(PROGRAM, xml, schema)
}

fn check_with(program: &str, xml: &[u8], schema: &Path) -> Result<Vec<SchemaFinding>, SchemaError> {
    let unreadable = |source| SchemaError::NoSchema { path: schema.to_owned(), source };
    // The whole path, so that a name that begins with a hyphen is no option.
    let whole = schema.canonicalize().map_err(unreadable)?;
    std::fs::File::open(&whole).map_err(unreadable)?;
    let mut command = Command::new(program);
    command.args(["--nonet", "--noout", "--schema"]).arg(&whole).arg("-");
    command.env("LC_ALL", "C").env("XML_CATALOG_FILES", "");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SchemaError::NoProgram { program: program.to_owned() },
        _ => SchemaError::Failed(error.to_string()),
    })?;
    let input = child.stdin.take();
    let output = thread::scope(|scope| {
        // In a thread of its own: the program may say so much that it waits for us to listen.
        scope.spawn(move || input.map(|mut input| input.write_all(xml)));
        child.wait_with_output()
    });
    let output = output.map_err(|error| SchemaError::Failed(error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => Ok(Vec::new()),
        // 1: not well-formed; 3 and 4: not valid.
        Some(1 | 3 | 4) => Ok(findings(&said)),
        Some(5) => Err(SchemaError::Unusable { path: schema.to_owned(), why: first(&said) }),
        code => Err(SchemaError::Failed(format!("{code:?}: {}", first(&said)))),
    }
}

/// Its lines that are about the report: `-:7: element a: Schemas validity error : Element 'a': …`.
fn findings(said: &str) -> Vec<SchemaFinding> {
    let of_report = said.lines().filter_map(|line| line.strip_prefix("-:"));
    let findings = of_report.filter_map(|rest| {
        let (line, what) = rest.split_once(": ")?;
        let what = what.split_once("Schemas validity error : ").map_or(what, |(_, what)| what);
        Some(SchemaFinding { line: line.parse().ok(), what: what.trim().to_owned() })
    });
    let mut findings: Vec<SchemaFinding> = findings.collect();
    if findings.is_empty() {
        findings.push(SchemaFinding { line: None, what: first(said) });
    }
    findings
}

/// The first line that says something.
fn first(said: &str) -> String {
    said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A schema of our own, in the way goAML's are written.
    const SCHEMA: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" id="report">
  <xs:element name="report">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="rentity_id">
          <xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType>
        </xs:element>
        <xs:element name="reason" minOccurs="0">
          <xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
        </xs:element>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
</xs:schema>
"#;

    fn schema(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("-a schema.xsd");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn without_the_program_the_line_that_installs_it_is_told() {
        let (_folder, path) = schema(SCHEMA);
        let error = check_with("no-such-program-anywhere", b"<report/>", &path).unwrap_err().to_string();
        assert!(error.contains("no-such-program-anywhere"), "{error}");
        assert!(error.ends_with("apt install libxml2-utils"), "{error}");
    }

    #[test]
    fn without_the_schema_its_path_is_told() {
        let error = check_with(PROGRAM, b"<report/>", Path::new("no/such.xsd")).unwrap_err();
        assert!(matches!(&error, SchemaError::NoSchema { .. }));
        assert!(error.to_string().starts_with("no/such.xsd: "), "{error}");
    }

    #[test]
    fn what_libxml2_says_is_read_line_by_line() {
        let said = "-:7: element a: Schemas validity error : Element 'a': This element is not expected.\nx\n- fails to validate\n";
        let expected = SchemaFinding { line: Some(7), what: "Element 'a': This element is not expected.".to_owned() };
        assert_eq!(findings(said), [expected]);
        assert_eq!(findings("\nout of order\n"), [SchemaFinding { line: None, what: "out of order".to_owned() }]);
    }

    mod needs_xmllint {
        use super::*;

        #[test]
        fn a_report_that_fits_is_silent() {
            let (_folder, path) = schema(SCHEMA);
            let report = b"<report><rentity_id>7</rentity_id><reason>short</reason></report>";
            assert_eq!(schema_check(report, &path).unwrap(), []);
        }

        #[test]
        fn what_does_not_fit_is_told_with_its_line() {
            let (_folder, path) = schema(SCHEMA);
            let report = b"<report>\n<rentity_id>0</rentity_id>\n<reason>too long</reason>\n<extra/>\n</report>";
            let findings = schema_check(report, &path).unwrap();
            let lines: Vec<Option<u64>> = findings.iter().map(|finding| finding.line).collect();
            for line in [2, 3, 4] {
                assert!(lines.contains(&Some(line)), "{findings:?}");
            }
            assert!(findings.iter().any(|finding| finding.what.contains("minInclusive")), "{findings:?}");
        }

        #[test]
        fn what_is_no_xml_is_told_with_its_line() {
            let (_folder, path) = schema(SCHEMA);
            let findings = schema_check(b"<report>\n<rentity_id>7</report>", &path).unwrap();
            assert_eq!(findings.first().and_then(|finding| finding.line), Some(2), "{findings:?}");
        }

        #[test]
        fn a_file_that_is_no_schema_is_told() {
            for text in ["<report/>", "", &SCHEMA.replace("xs:int", "xs:nothing")] {
                let (_folder, path) = schema(text);
                let error = schema_check(b"<report/>", &path).unwrap_err();
                assert!(matches!(&error, SchemaError::Unusable { .. }), "{text}: {error}");
                assert!(error.to_string().contains("-a schema.xsd"), "{error}");
            }
        }

        #[test]
        fn a_large_report_with_much_against_it_is_read_to_its_end() {
            let (_folder, path) = schema(SCHEMA);
            let rows: String = (0..20_000).map(|at| format!("<extra>{at}</extra>\n")).collect();
            let report = format!("<report><rentity_id>7</rentity_id>\n{rows}</report>");
            assert!(!schema_check(report.as_bytes(), &path).unwrap().is_empty());
        }
    }
}

//! The index and the model on disk: what is damaged, cut, older or made by others is refused in words, and nothing panics.
//!
//! And both are functions of what goes in: the same entities give the same bytes, whatever the threads and the order in
//! which a source writes its properties.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::PathBuf,
};

use mihenk_entities::Entity;
use mihenk_screening::{
    compare::compare,
    index::{
        Index,
        build::build,
        file::{self, FORMAT, IndexError},
    },
    model::{Model, calibration::BaseRate, file::ModelError},
};
use serde_json::json;

use crate::given::{self, MODEL, Random, STARTER};

fn bytes() -> Vec<u8> {
    let few: Vec<Entity> = STARTER.iter().step_by(5).cloned().collect();
    build(&few, &MODEL, [7; 32])
}

#[test]
fn any_altered_byte_of_an_index_is_found() {
    let good = bytes();
    let mut random = Random(21);
    let places: Vec<usize> = (0..400).map(|i| if i < 104 { i } else { random.below(good.len()) }).collect();
    for at in places.into_iter().chain([good.len() - 1]) {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        let error = Index::from_bytes(&bad).err().unwrap_or_else(|| panic!("byte {at} was altered"));
        let right = match at {
            0..8 => matches!(error, IndexError::NotAnIndex(_)),
            8..12 => matches!(error, IndexError::Format { .. }),
            96..104 => matches!(error, IndexError::Reading(_)),
            _ => matches!(error, IndexError::Damaged { .. }),
        };
        assert!(right, "byte {at}: {error}");
    }
}

#[test]
fn an_index_cut_anywhere_or_with_more_behind_it_is_refused() {
    let good = bytes();
    for len in (0..300).chain((300..good.len()).step_by(good.len() / 60)) {
        let error = Index::from_bytes(&good[..len]).err().unwrap_or_else(|| panic!("{len} bytes are an index"));
        let right = if len < 104 {
            matches!(error, IndexError::NotAnIndex(_))
        } else {
            matches!(error, IndexError::Damaged { .. })
        };
        assert!(right, "{len}: {error}");
    }
    let more = [good.as_slice(), &[0; 64]].concat();
    assert!(matches!(Index::from_bytes(&more), Err(IndexError::Damaged { .. })));
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("mihenk-screening-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn an_index_of_another_format_model_or_program_says_so() {
    let folder = folder("index");
    let path = folder.join("index");
    let opened = |bytes: &[u8], model| {
        file::write(&path, |out| out.write_all(bytes)).unwrap();
        Index::open(&path, model)
    };
    let good = bytes();
    assert!(opened(&good, MODEL.id()).is_ok());
    let error = opened(&good, [1; 32]).unwrap_err();
    assert!(matches!(&error, IndexError::Model { expected, .. } if expected.starts_with("0101")), "{error}");
    let mut older = good.clone();
    older[8..12].copy_from_slice(&(FORMAT - 1).to_le_bytes());
    let error = opened(&older, MODEL.id()).unwrap_err();
    assert!(matches!(error, IndexError::Format { found, .. } if found == FORMAT - 1), "{error}");
    assert!(error.to_string().contains("must be built anew"), "{error}");
    let mut others = good;
    others[96] ^= 1;
    assert!(matches!(opened(&others, MODEL.id()), Err(IndexError::Reading(_))));
    for text in
        ["", "id,name\n1,Ali\n", "MIHENKMO and then something else of some length, so that it is no header at all …………"]
    {
        assert!(
            matches!(opened(text.as_bytes(), MODEL.id()), Err(IndexError::NotAnIndex(_) | IndexError::Io { .. })),
            "{text}"
        );
    }
    assert!(matches!(Index::open(&folder.join("none"), MODEL.id()), Err(IndexError::Io { .. })));
    fs::remove_dir_all(&folder).unwrap();
}

/// A large file is not read whole when it is opened; what was not looked at is found by looking at everything.
#[test]
fn damage_in_a_large_index_is_found() {
    let folder = folder("large");
    let path = folder.join("index");
    // A section of 80 MiB: three hundred blocks, of which opening looks at every third.
    let section = vec![7_u8; 80 << 20];
    let write = |spoil: Option<u64>| {
        file::write(&path, |out| file::write_sections(out, &[&section], MODEL.id(), [7; 32])).unwrap();
        if let Some(at) = spoil {
            let mut file = fs::File::options().write(true).open(&path).unwrap();
            file.seek(SeekFrom::Start(at)).unwrap();
            file.write_all(b"x").unwrap();
        }
    };
    write(None);
    assert_eq!(Index::open(&path, MODEL.id()).unwrap().check_all(), Ok(()));
    let (mut at_once, mut later) = (0, 0);
    for mebibyte in 1..79 {
        write(Some(mebibyte << 20));
        match Index::open(&path, MODEL.id()) {
            Err(error) => {
                assert!(error.to_string().contains("the checksum of the block at byte"), "{error}");
                at_once += 1;
            }
            Ok(index) => {
                assert!(index.check_all().unwrap_err().contains("the checksum of the block at byte"));
                later += 1;
            }
        }
        if mebibyte > 8 && at_once > 0 && later > 0 {
            break;
        }
    }
    assert!(at_once > 0 && later > 0, "{at_once} found at once, {later} later");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_same_entities_are_the_same_bytes() {
    let good = build(&STARTER, &MODEL, [7; 32]);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| build(&STARTER, &MODEL, [7; 32])) == good, "{threads} threads");
    }
    let one = r#"{"id":"a","schema":"Person","properties":{"name":["Ali"],"birthDate":["1960"],"nationality":["ir"]}}"#;
    let other =
        r#"{"properties":{"nationality":["ir"],"birthDate":["1960"],"name":["Ali"]},"schema":"Person","id":"a"}"#;
    let built = |line: &str| build(&[Entity::from_json(line).unwrap()], &MODEL, [7; 32]);
    assert!(built(one) == built(other), "the order in which a source writes properties is nothing");
}

#[test]
fn an_empty_list_is_an_index_without_hits() {
    let index = given::index(&[]);
    assert_eq!((index.entity_count(), index.name_count()), (0, 0));
    let record = given::query("LegalEntity", &json!({ "name": "Ali", "registrationNumber": "123456" }));
    assert!(given::screen(&index, &record, &given::ALL).is_empty());
}

/// A model is known by the SHA-256 of its bytes: one that was altered is refused, or it is another model.
#[test]
fn an_altered_model_is_refused_or_another_one() {
    let good = MODEL.to_bytes();
    assert_eq!(Model::from_bytes(&good).unwrap().id(), MODEL.id());
    let mut random = Random(22);
    let head = 16 + u32::from_le_bytes([good[12], good[13], good[14], good[15]]) as usize;
    let places: Vec<usize> =
        (0..110).map(|i| if i < 40 { i } else { random.below(if i < 100 { head } else { good.len() }) }).collect();
    for at in places {
        let mut bad = good.clone();
        bad[at] ^= 1 << random.below(8);
        match Model::from_bytes(&bad) {
            Err(error) => assert!(!error.to_string().is_empty()),
            Ok(model) => {
                assert_ne!(model.id(), MODEL.id(), "byte {at}");
                let person = mihenk_entities::Schema::named("Person").unwrap();
                // Whatever it says, it says it.
                let _ = compare(&model, person, "Hossein Zolfaqari", "H. Zulfikari Ali", BaseRate::EVEN);
            }
        }
    }
}

#[test]
fn a_model_that_is_cut_older_or_none_is_refused() {
    let good = MODEL.to_bytes();
    for len in (8..40).chain((40..good.len()).step_by(good.len() / 12)) {
        assert!(matches!(Model::from_bytes(&good[..len]), Err(ModelError::Damaged(_))), "{len}");
    }
    assert!(matches!(Model::from_bytes(&[good.as_slice(), b"\n"].concat()), Err(ModelError::Damaged(_))));
    let mut older = good;
    older[8..12].copy_from_slice(&0u32.to_le_bytes());
    assert_eq!(Model::from_bytes(&older).unwrap_err(), ModelError::Format(0));
    for text in ["", "{}", "MIHENK", "id,name\n1,Ali"] {
        assert_eq!(Model::from_bytes(text.as_bytes()).unwrap_err(), ModelError::NotAModel, "{text:?}");
    }
}

//! Local files that are read in place of S3 objects.

use crate::cli::input::files_read;
use std::fs;
use std::io;
use std::path::Path;

/// Reads a file as an object's text; a Parquet file as its rows, a line of JSON each.
pub(super) fn load(path: &Path) -> Result<String, String> {
    files_read::record(path);
    if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("parquet"))
    {
        return rows(path);
    }
    fs::read_to_string(path).map_err(|e| words(&e))
}

fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(feature = "parquet")]
fn rows(path: &Path) -> Result<String, String> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let file = fs::File::open(path).map_err(|e| words(&e))?;
    let reader = SerializedFileReader::new(file).map_err(|e| e.to_string())?;
    let mut text = String::new();
    for row in reader.get_row_iter(None).map_err(|e| e.to_string())? {
        let row = row.map_err(|e| e.to_string())?;
        text.push_str(&row.to_json_value().to_string());
        text.push('\n');
    }
    Ok(text)
}

#[cfg(not(feature = "parquet"))]
fn rows(path: &Path) -> Result<String, String> {
    // A missing file is reported before a missing feature.
    fs::metadata(path).map_err(|e| words(&e))?;
    Err("asl was built without the `parquet` feature; convert the file to JSON Lines".to_owned())
}

#[cfg(all(test, feature = "parquet"))]
mod tests {
    use super::load;
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::fs::File;
    use std::sync::Arc;

    #[test]
    fn rows_become_lines() {
        let path = std::env::temp_dir().join(format!("asl-{}.parquet", std::process::id()));
        let schema =
            parse_message_type("message orders { required int64 id; required binary name (UTF8); }").unwrap();
        let properties = Arc::new(WriterProperties::default());
        let mut writer =
            SerializedFileWriter::new(File::create(&path).unwrap(), Arc::new(schema), properties).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column
            .typed::<Int64Type>()
            .write_batch(&[7, 8], None, None)
            .unwrap();
        column.close().unwrap();
        let names = ["tea", "cake"].map(ByteArray::from);
        let mut column = group.next_column().unwrap().unwrap();
        column
            .typed::<ByteArrayType>()
            .write_batch(&names, None, None)
            .unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        let text = load(&path);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(
            text.unwrap(),
            "{\"id\":7,\"name\":\"tea\"}\n{\"id\":8,\"name\":\"cake\"}\n"
        );
    }
}

#[cfg(all(test, not(feature = "parquet")))]
mod tests {
    use super::load;
    use std::path::Path;

    #[test]
    fn a_parquet_file_asks_for_the_feature() {
        let path = std::env::temp_dir().join(format!("asl-none-{}.parquet", std::process::id()));
        assert_eq!(load(&path).unwrap_err(), "no such file");
        std::fs::write(&path, "PAR1").unwrap();
        let answer = load(&path);
        std::fs::remove_file(&path).unwrap();
        assert!(answer.unwrap_err().contains("without the `parquet` feature"));
        assert!(load(Path::new("Cargo.toml")).unwrap().contains("aslkit"));
    }
}

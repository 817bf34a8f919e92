//! What stands in the way of reading an archive or a file in it, and what to do.

use crate::engine::ArchiveFault;

/// In few words, and what to do.
pub fn archive_en(fault: ArchiveFault) -> (String, String) {
    let whole = "Copy or download it once more, then retry. What could be read of it stands in the list by itself.";
    let again = "Copy or download the archive once more, then retry.";
    let harm = "It may have been made to do harm. If you trust it, unpack it and choose the folder.";
    let unpack = "Unpack it with the program that made it, and choose the folder.";
    let (short, advice) = match fault {
        ArchiveFault::NoFiles => {
            ("the archive holds no files to convert", "Hidden files, folders and links are left out.")
        }
        ArchiveFault::TooManyFiles => {
            ("the archive holds more than a million files", "Unpack it and choose the folder.")
        }
        ArchiveFault::TooLarge => ("it grows far beyond its size when unpacked", harm),
        ArchiveFault::Overlapping => ("the files in the archive lie one over the other", harm),
        ArchiveFault::Split => ("one part of an archive in several", "Put the parts together, or unpack them."),
        ArchiveFault::Encrypted => ("locked with a password", "Unpack it with its password, and choose the folder."),
        ArchiveFault::Method(number) => {
            return (format!("compressed by a method that can't be read (zip method {number})"), unpack.to_owned());
        }
        ArchiveFault::WrongChecksum => ("damaged: its checksum is wrong", again),
        ArchiveFault::WrongSize => ("damaged: it is longer than the archive says", again),
        ArchiveFault::Sparse => ("stored without its empty parts (sparse)", unpack),
        _ => ("the archive is cut off or damaged", whole),
    };
    (short.to_owned(), advice.to_owned())
}

/// In few words, and what to do.
pub fn archive_ko(fault: ArchiveFault) -> (String, String) {
    let whole = "다시 복사하거나 내려받은 뒤 다시 시도하세요. 읽을 수 있었던 파일은 목록에 따로 있습니다.";
    let again = "압축 파일을 다시 복사하거나 내려받은 뒤 다시 시도하세요.";
    let harm = "악의적으로 만든 파일일 수 있습니다. 믿을 수 있다면 압축을 푼 폴더를 선택하세요.";
    let unpack = "만든 프로그램으로 압축을 푼 뒤 그 폴더를 선택하세요.";
    let (short, advice) = match fault {
        ArchiveFault::NoFiles => ("압축 파일 안에 변환할 파일이 없음", "숨김 파일, 폴더, 링크는 제외합니다."),
        ArchiveFault::TooManyFiles => ("압축 파일 안의 파일이 100만 개를 넘음", "압축을 푼 뒤 그 폴더를 선택하세요."),
        ArchiveFault::TooLarge => ("압축을 풀면 지나치게 커짐", harm),
        ArchiveFault::Overlapping => ("압축 파일 안의 파일이 서로 겹쳐 있음", harm),
        ArchiveFault::Split => ("분할 압축 파일의 일부", "나뉜 파일을 합치거나 압축을 푸세요."),
        ArchiveFault::Encrypted => ("암호로 잠겨 있음", "암호로 압축을 푼 뒤 그 폴더를 선택하세요."),
        ArchiveFault::Method(number) => {
            return (format!("읽을 수 없는 압축 방식(zip 방식 {number})"), unpack.to_owned());
        }
        ArchiveFault::WrongChecksum => ("손상됨: 체크섬이 맞지 않음", again),
        ArchiveFault::WrongSize => ("손상됨: 기록된 크기보다 큼", again),
        ArchiveFault::Sparse => ("스파스(sparse) 파일로 저장됨", unpack),
        _ => ("압축 파일이 중간에 끊겼거나 손상됨", whole),
    };
    (short.to_owned(), advice.to_owned())
}

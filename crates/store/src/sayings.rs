//! What is said of what could not be erased: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said). `file` is a path, `store` a store without its password.

mihenk_said::sayings! {
    pages_and_log(store) = "free pages and write-ahead log of {store}";
    backup_out_of_reach(file) =
        "the backup {file}: it cannot be reached; bring it back so that it can be erased there, or say that it does not exist any more";
    store_is_busy(seconds, what) =
        "another program has been writing to the store for more than {seconds} s; nothing was stored, try again when it is done ({what})";
}

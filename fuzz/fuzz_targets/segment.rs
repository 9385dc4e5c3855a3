#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| nasij_fuzz::segment(data));

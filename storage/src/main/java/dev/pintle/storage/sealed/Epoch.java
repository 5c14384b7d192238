package dev.pintle.storage.sealed;

import java.util.HexFormat;

/// The time of one start: what was sealed then has a key of its own.
///
/// @param number from 1; written in everything that is sealed with it
/// @param key the id of the user's key that it is derived from
/// @param salt the number that it is derived by, in hexadecimal
record Epoch(int number, String key, String salt) {
  byte[] saltBytes() {
    return HexFormat.of().parseHex(salt);
  }
}

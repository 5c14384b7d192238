package dev.pintle.member.local;

import java.io.IOException;

/// The refusal of a folder that was made with another backend than the one that is asked for, or encrypted otherwise.
public final class WrongBackend extends IOException {
  WrongBackend(String message) {
    super(message);
  }

  static WrongBackend sealed(String folder) {
    return new WrongBackend(
        folder + ": is encrypted (expected: its keys, by --encryption-key-file FILE)");
  }

  static WrongBackend unsealed(String folder) {
    return new WrongBackend(
        folder
            + ": is not encrypted (expected: no --encryption-key-file; ./pintle store migrate encrypts it)");
  }

  WrongBackend(String folder, String made, String wanted) {
    super(
        "%s: was made with the backend %s, not with %s (expected: --backend %s; ./pintle store migrate moves it to another)"
            .formatted(folder, made, wanted, made));
  }
}

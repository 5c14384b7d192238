package dev.pintle.bbolt;

import java.io.IOException;

/// A file that is no whole bbolt file. The message names the file, and the page where it is one of its pages.
public final class BboltDamage extends IOException {
  /// The ways in which a file can be wrong.
  public enum Kind {
    /// It does not begin as a bbolt file does.
    NOT_BBOLT,
    /// It was written in a version of the format that is not known here.
    OTHER_VERSION,
    /// Neither of the two places that say where everything begins is whole.
    META,
    /// It ends before its last page.
    TRUNCATED,
    /// One of its pages cannot be what it is.
    PAGE
  }

  private final Kind kind;
  private final long page;

  BboltDamage(Kind kind, String file, String what) {
    this(kind, file, -1, what);
  }

  private BboltDamage(Kind kind, String file, long page, String what) {
    super("%s: %s".formatted(file, what));
    this.kind = kind;
    this.page = page;
  }

  static BboltDamage ofPage(String file, long page, String kind, String what) {
    return new BboltDamage(
        Kind.PAGE, file, page, "page %d, of kind %s: %s".formatted(page, kind, what));
  }

  public Kind kind() {
    return kind;
  }

  /// Of [Kind#PAGE], -1 otherwise.
  public long page() {
    return page;
  }
}

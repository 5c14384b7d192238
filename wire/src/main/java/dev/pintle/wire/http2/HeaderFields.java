package dev.pintle.wire.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of a request, pseudo-headers left out, with `host` from `:authority` where there is none; never changed.
///
/// They are kept for as long as the request waits, so it is no table with an entry a header, but their names and values alone. A client
/// repeats the same headers on its connection, where HPACK's table makes each one object: all its requests in a row have one of these.
final class HeaderFields {
  private static final AsciiString HOST = AsciiString.cached("host");

  /// What a connection remembers of a request that is over is no more than HPACK's usual table.
  private static final int REMEMBERED_CHARS_MAX = 4096;

  /// Names and values in turn.
  private final CharSequence[] fields;

  /// What was left out last, so that requests that share this share the rest as well.
  private volatile @Nullable Rest rest;

  private record Rest(String name, HeaderFields without) {}

  private HeaderFields(CharSequence[] fields) {
    this.fields = fields;
  }

  /// @param before those of another request, which are taken if they are the same
  static HeaderFields of(Http2Headers headers, @Nullable HeaderFields before) {
    CharSequence[] fields = new CharSequence[2 * headers.size()];
    boolean named = false;
    int used = 0;
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      CharSequence name = header.getKey();
      if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(name)) {
        named |= HOST.contentEquals(name);
        fields[used++] = name;
        fields[used++] = header.getValue();
      }
    }
    CharSequence authority = headers.authority();
    if (!named && authority != null) {
      fields[used++] = HOST;
      fields[used++] = authority;
    }
    return before != null && before.isSame(fields, used)
        ? before
        : new HeaderFields(Arrays.copyOf(fields, used));
  }

  @SuppressWarnings("ReferenceEquality") // only what HPACK's table holds is worth to be kept once
  private boolean isSame(CharSequence[] others, int used) {
    boolean same = fields.length == used;
    for (int i = 0; same && i < used; i++) {
      same = fields[i] == others[i];
    }
    return same;
  }

  /// Whether they may be kept for the requests after this one.
  boolean isSmall() {
    int chars = 0;
    for (CharSequence field : fields) {
      chars += field.length();
    }
    return chars <= REMEMBERED_CHARS_MAX;
  }

  /// All but the headers of a name.
  HeaderFields without(String name) {
    Rest known = rest;
    if (known != null && known.name().equals(name)) {
      return known.without();
    }
    CharSequence[] kept = new CharSequence[fields.length];
    int used = 0;
    for (int i = 0; i < fields.length; i += 2) {
      if (!isNamed(fields[i], name)) {
        kept[used++] = fields[i];
        kept[used++] = fields[i + 1];
      }
    }
    if (used == fields.length) {
      return this;
    }
    HeaderFields without = new HeaderFields(Arrays.copyOf(kept, used));
    rest = new Rest(name, without);
    return without;
  }

  private static boolean isNamed(CharSequence field, String name) {
    return field.length() == name.length() && AsciiString.contentEquals(field, name);
  }

  @Nullable String first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (isNamed(fields[i], name)) {
        return fields[i + 1].toString();
      }
    }
    return null;
  }

  List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < fields.length; i += 2) {
      if (isNamed(fields[i], name)) {
        values.add(fields[i + 1].toString());
      }
    }
    return values;
  }

  /// @param prefix in lower case
  List<String> names(String prefix) {
    List<String> found = new ArrayList<>(0);
    for (int i = 0; i < fields.length; i += 2) {
      if (AsciiString.regionMatches(fields[i], false, 0, prefix, 0, prefix.length())) {
        found.add(fields[i].toString());
      }
    }
    return found.stream().distinct().toList();
  }
}

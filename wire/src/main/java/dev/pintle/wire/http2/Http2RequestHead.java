package dev.pintle.wire.http2;

import dev.pintle.wire.RequestHead;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The head of a request over HTTP/2; `host` is read from `:authority` where there is none.
///
/// It is kept for as long as the request waits, so it is no table with an entry a header, but their names and values alone: those that
/// a client repeats are the same objects for all of its requests.
final class Http2RequestHead implements RequestHead {
  private static final AsciiString HOST = AsciiString.cached("host");

  private final String method;
  private final String target;
  private final int queryStart;

  /// Names and values in turn; replaced, never changed.
  private volatile CharSequence[] fields;

  Http2RequestHead(Http2Headers headers) {
    this.method = headers.method().toString();
    this.target = headers.path().toString();
    this.queryStart = target.indexOf('?');
    this.fields = fields(headers);
  }

  private static CharSequence[] fields(Http2Headers headers) {
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
    return Arrays.copyOf(fields, used);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public String path() {
    return queryStart < 0 ? target : target.substring(0, queryStart);
  }

  @Override
  public String query() {
    return queryStart < 0 ? "" : target.substring(queryStart + 1);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(first(name));
  }

  private @Nullable String first(String name) {
    CharSequence[] all = fields;
    for (int i = 0; i < all.length; i += 2) {
      if (isNamed(all[i], name)) {
        return all[i + 1].toString();
      }
    }
    return null;
  }

  private static boolean isNamed(CharSequence field, String name) {
    return field.length() == name.length() && AsciiString.contentEquals(field, name);
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>(1);
    CharSequence[] all = fields;
    for (int i = 0; i < all.length; i += 2) {
      if (isNamed(all[i], name)) {
        values.add(all[i + 1].toString());
      }
    }
    return values;
  }

  @Override
  public List<String> headerNames(String prefix) {
    List<String> found = new ArrayList<>(0);
    CharSequence[] all = fields;
    for (int i = 0; i < all.length; i += 2) {
      if (AsciiString.regionMatches(all[i], false, 0, prefix, 0, prefix.length())) {
        found.add(all[i].toString());
      }
    }
    return found.stream().distinct().toList();
  }

  @Override
  public void forget(String name) {
    CharSequence[] all = fields;
    CharSequence[] kept = new CharSequence[all.length];
    int used = 0;
    for (int i = 0; i < all.length; i += 2) {
      if (!isNamed(all[i], name)) {
        kept[used++] = all[i];
        kept[used++] = all[i + 1];
      }
    }
    if (used < all.length) {
      fields = Arrays.copyOf(kept, used);
    }
  }

  @Override
  public String protocol() {
    return "HTTP/2";
  }
}

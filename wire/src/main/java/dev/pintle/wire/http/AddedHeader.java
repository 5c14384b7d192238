package dev.pintle.wire.http;

import dev.pintle.wire.ResponseHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A header, or a few, that somebody adds to whatever is answered, and those added before.
sealed interface AddedHeader {
  @Nullable AddedHeader before();

  /// Adds its own.
  void addOwn(ResponseHeaders headers);

  /// Adds all, those first that came first.
  default void addTo(ResponseHeaders headers) {
    AddedHeader earlier = before();
    if (earlier != null) {
      earlier.addTo(headers);
    }
    addOwn(headers);
  }

  /// One header.
  record One(String name, String value, @Nullable AddedHeader before) implements AddedHeader {
    @Override
    public void addOwn(ResponseHeaders headers) {
      headers.add(name, value);
    }
  }

  /// One header whose value is made when the answer is.
  record Later(String name, Supplier<String> value, @Nullable AddedHeader before)
      implements AddedHeader {
    @Override
    public void addOwn(ResponseHeaders headers) {
      headers.add(name, value.get());
    }
  }

  /// Headers that are the same for many answers.
  record Several(ResponseHeaders several, @Nullable AddedHeader before) implements AddedHeader {
    @Override
    public void addOwn(ResponseHeaders headers) {
      headers.addAll(several);
    }
  }
}

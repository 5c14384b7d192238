package dev.pintle.kube.encode;

import dev.pintle.wire.ResponseHeaders;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/// The `Warning` headers of an answer (RFC 7234, section 5.5): what the person who sent a request should know beside it.
/// Each text is told once; one with characters that cannot stand in a header is not, as upstream does not. When they become
/// too many characters each is cut short, and what comes when even that is too much is lost. Of one thread at a time.
public final class WarningHeaders implements Consumer<String> {
  private static final int CHARACTERS_MAX = 4_096;
  private static final int CHARACTERS_OF_ONE_MAX = 256;

  /// A set of its own once there is one.
  private Set<String> texts = Set.of();

  private int characters;
  private boolean cutsShort;

  @Override
  public void accept(String text) {
    boolean printable = text.chars().noneMatch(Character::isISOControl);
    boolean isFull = cutsShort && characters >= CHARACTERS_MAX;
    if (!printable || isFull || !isNew(text)) {
      return;
    }
    characters += length(text);
    if (characters > CHARACTERS_MAX && !cutsShort) {
      cutsShort = true;
      characters = texts.stream().mapToInt(this::length).sum();
    }
  }

  private boolean isNew(String text) {
    if (texts.isEmpty()) {
      texts = new LinkedHashSet<>();
    }
    return texts.add(text);
  }

  /// In code points, as far as it is shown.
  private int length(String text) {
    int length = text.codePointCount(0, text.length());
    return cutsShort ? Math.min(length, CHARACTERS_OF_ONE_MAX) : length;
  }

  void addTo(ResponseHeaders headers) {
    for (String text : texts) {
      headers.add("warning", "299 - \"" + quoted(shown(text)) + "\"");
    }
  }

  private String shown(String text) {
    return cutsShort && length(text) == CHARACTERS_OF_ONE_MAX
        ? text.substring(0, text.offsetByCodePoints(0, CHARACTERS_OF_ONE_MAX))
        : text;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}

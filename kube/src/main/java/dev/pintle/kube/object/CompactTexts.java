package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A list of texts that lie one behind the other in one array, and are made anew whenever one is asked for.
///
/// A text of its own is two objects, which the collector finds, copies and copies again for as long as they live: those of one large
/// body hold up everybody. What is made here lives for the moment in which it is looked at.
public final class CompactTexts extends AbstractList<String> implements RandomAccess {
  /// So many texts are worth it: of fewer the collector feels nothing.
  public static final int WORTH_IT = 256;

  private static final int CHARACTERS_AT_FIRST = 8;
  private static final int LATIN_MAX = 0xff;

  // A byte a character of a text that has none beyond Latin-1, and two of every other.
  private byte[] bytes;
  // Where each text ends; the lowest bit says that it takes two bytes a character.
  private int[] ends;
  private int size;
  // The arrays are also another list's, which may have texts behind ours.
  private boolean shared;

  public CompactTexts() {
    this(new byte[WORTH_IT * CHARACTERS_AT_FIRST], new int[WORTH_IT], 0);
  }

  private CompactTexts(byte[] bytes, int[] ends, int size) {
    this.bytes = bytes;
    this.ends = ends;
    this.size = size;
  }

  /// The same texts: nothing that is appended here or there is seen by the other.
  public CompactTexts share() {
    CompactTexts other = new CompactTexts(bytes, ends, size);
    other.shared = true;
    return other;
  }

  public void append(String text) {
    boolean wide = !isLatin(text);
    int from = start(size);
    int length = wide ? text.length() * 2 : text.length();
    reserve(from, length);
    if (wide) {
      writeWide(text, from);
    } else {
      writeLatin(text, from);
    }
    ends[size++] = Math.multiplyExact(from + length, 2) | (wide ? 1 : 0);
  }

  @SuppressWarnings("deprecation") // The lower half of each character is all that it has.
  private void writeLatin(String text, int at) {
    text.getBytes(0, text.length(), bytes, at);
  }

  private void writeWide(String text, int at) {
    for (int i = 0; i < text.length(); i++) {
      bytes[at + 2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[at + 2 * i + 1] = (byte) text.charAt(i);
    }
  }

  private void reserve(int from, int length) {
    if (shared) {
      bytes = bytes.clone();
      ends = ends.clone();
      shared = false;
    }
    int needed = Math.addExact(from, length);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, roomFor(needed, bytes.length));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
    }
  }

  private static int roomFor(int needed, int before) {
    return (int) Math.min(Math.max(needed, before * 2L), Integer.MAX_VALUE - 8);
  }

  private static boolean isLatin(String text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.charAt(i);
    }
    return all <= LATIN_MAX;
  }

  private int start(int place) {
    return place == 0 ? 0 : end(place - 1);
  }

  private int end(int place) {
    return ends[place] >>> 1;
  }

  private boolean isWide(int place) {
    return (ends[place] & 1) != 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String get(int place) {
    Objects.checkIndex(place, size);
    int from = start(place);
    int length = end(place) - from;
    return isWide(place)
        ? wide(from, length / 2)
        : new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  /// Halves of characters stay what they are, which no charset does.
  private String wide(int from, int length) {
    char[] characters = new char[length];
    for (int i = 0; i < length; i++) {
      characters[i] = (char) (bytes[from + 2 * i] << 8 | (bytes[from + 2 * i + 1] & LATIN_MAX));
    }
    return new String(characters);
  }

  /// Whether a text stands at a place, without making the one that does.
  public boolean is(int place, String text) {
    int from = start(place);
    int length = end(place) - from;
    if (isWide(place)) {
      return length == text.length() * 2 && get(place).equals(text);
    }
    if (length != text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((bytes[from + i] & LATIN_MAX) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The order of the texts of two places by [Utf8Order].
  public int compare(int place, int other) {
    // Latin-1 has the order of UTF-8.
    return isWide(place) || isWide(other)
        ? Utf8Order.compare(get(place), get(other))
        : Arrays.compareUnsigned(bytes, start(place), end(place), bytes, start(other), end(other));
  }

  @Override
  public int indexOf(@Nullable Object text) {
    if (text instanceof String wanted) {
      for (int i = 0; i < size; i++) {
        if (is(i, wanted)) {
          return i;
        }
      }
    }
    return -1;
  }

  @Override
  public boolean contains(@Nullable Object text) {
    return indexOf(text) >= 0;
  }
}

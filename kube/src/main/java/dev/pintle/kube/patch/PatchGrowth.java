package dev.pintle.kube.patch;

import dev.pintle.kernel.Bytes;
import java.nio.charset.StandardCharsets;

/// The bytes that a patch may make of few: copies of a JSON Patch double what they copy, until [JsonPatch#COPIED_BYTES_MAX].
public final class PatchGrowth {
  /// This many members that copy or move make nothing large of what is small.
  private static final int SOURCES_MAX = 3;

  /// What is longer is taken to copy: looking for copies in it takes longer than is good where it is asked.
  private static final int LOOKED_AT_BYTES_MAX = 16 * 1024;

  private static final byte[] SOURCE = "\"from\"".getBytes(StandardCharsets.US_ASCII);

  /// The beginning of an escape that could hide the word.
  private static final byte[] ESCAPE = "\\u".getBytes(StandardCharsets.US_ASCII);

  private PatchGrowth() {}

  /// @param contentType as it was sent, with parameters
  /// @param patch not read yet
  /// @return 0 when it makes no more than it holds
  public static long bytesMax(String contentType, Bytes patch) {
    return contentType.contains(PatchType.JSON.contentType())
            && (patch.size() > LOOKED_AT_BYTES_MAX || copiesMuch(patch.array()))
        ? JsonPatch.COPIED_BYTES_MAX
        : 0;
  }

  private static boolean copiesMuch(byte[] patch) {
    int sources = 0;
    for (int i = 0; i < patch.length; i++) {
      if (isAt(patch, i, SOURCE) || isAt(patch, i, ESCAPE)) {
        sources++;
        if (sources > SOURCES_MAX) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAt(byte[] text, int place, byte[] part) {
    if (text.length - place < part.length) {
      return false;
    }
    for (int i = 0; i < part.length; i++) {
      if (text[place + i] != part[i]) {
        return false;
      }
    }
    return true;
  }
}

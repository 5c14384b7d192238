package dev.pintle.kube.certificate;

import dev.pintle.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// One block of PEM text: what stands between the lines that begin and end it, decoded. Text around blocks, and blocks that do
/// not decode, are passed over.
///
/// @param headers whether lines with a colon come before the content
public record PemBlock(String type, boolean headers, Bytes content) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /// All blocks, in one pass over the text: an end belongs to the last beginning before it.
  public static List<PemBlock> all(byte[] text) {
    List<PemBlock> blocks = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String type = "";
    boolean open = false;
    for (String line : new String(text, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      String shown = line.stripTrailing();
      if (line.startsWith(BEGIN) && shown.endsWith(DASHES)) {
        type =
            shown.substring(
                BEGIN.length(), Math.max(BEGIN.length(), shown.length() - DASHES.length()));
        open = true;
        lines.clear();
      } else if (line.startsWith(END)) {
        if (open && shown.equals(END + type + DASHES)) {
          add(blocks, type, lines);
        }
        open = false;
        lines.clear();
      } else if (open) {
        lines.add(shown);
      }
    }
    return blocks;
  }

  private static void add(List<PemBlock> blocks, String type, List<String> lines) {
    int first = 0;
    while (first < lines.size() && lines.get(first).indexOf(':') >= 0) {
      first++;
    }
    StringBuilder digits = new StringBuilder();
    for (String line : lines.subList(first, lines.size())) {
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c != ' ' && c != '\t' && c != '\r') {
          digits.append(c);
        }
      }
    }
    try {
      byte[] content = Base64.getDecoder().decode(digits.toString());
      if (digits.length() % 4 == 0) {
        blocks.add(new PemBlock(type, first > 0, Bytes.wrap(content)));
      }
    } catch (IllegalArgumentException notBase64) {
      // Passed over, as clients expect.
    }
  }
}

package dev.pintle.kube.protobuf;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.schema.GroupVersionKind;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/// The object `v1.RangeAllocation`, which is stored and never served: which numbers of a range are given.
///
/// @param range as a text, such as `30000-32767`
/// @param bits one for each number from the start of the range on, set when it is given
public record RangeAllocation(String range, BigInteger bits) {
  private static final GroupVersionKind KIND = GroupVersionKind.of("v1", "RangeAllocation");
  private static final int METADATA = 1;
  private static final int RANGE = 2;
  private static final int DATA = 3;

  /// @param stored in either form
  /// @return empty for anything else
  public static Optional<RangeAllocation> read(byte[] stored) {
    try {
      return Optional.of(
          Envelope.marks(stored) ? ofProtobuf(Envelope.read(stored)) : ofJson(stored));
    } catch (IllegalArgumentException | JsonSyntaxException unreadable) {
      return Optional.empty();
    }
  }

  private static RangeAllocation ofProtobuf(Envelope envelope) {
    ProtoInput in = new ProtoInput(envelope.raw().array());
    String range = "";
    byte[] data = {};
    while (in.next()) {
      switch (in.number()) {
        case RANGE -> range = in.text();
        case DATA -> data = in.byteString();
        default -> in.skip();
      }
    }
    return new RangeAllocation(range, new BigInteger(1, data));
  }

  private static RangeAllocation ofJson(byte[] stored) {
    JsonObject object = JsonReader.read(stored) instanceof JsonObject it ? it : new JsonObject();
    String range = object.textOrEmpty("range");
    String data = object.textOrEmpty("data");
    return new RangeAllocation(range, new BigInteger(1, Base64.getDecoder().decode(data)));
  }

  /// As it is stored.
  public byte[] write() {
    ProtoOutput out = new ProtoOutput();
    byte[] data = bits.toByteArray();
    boolean padded = data.length > 0 && data[0] == 0;
    out.byteString(DATA, padded ? java.util.Arrays.copyOfRange(data, 1, data.length) : data);
    out.text(RANGE, range);
    out.closeMessage(METADATA, out.size());
    return Envelope.around(out, KIND);
  }
}

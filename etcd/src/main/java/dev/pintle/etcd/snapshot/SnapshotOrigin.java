package dev.pintle.etcd.snapshot;

import dev.pintle.etcd.maintenance.EtcdVersion;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The member that a snapshot says it is of. A restore makes a member of its own of it and keeps nothing of this, but asks for it.
///
/// @param noSpace whether the alarm of a full store is raised
public record SnapshotOrigin(
    long memberId, String name, List<String> peerUrls, List<String> clientUrls, boolean noSpace) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// How a release of etcd names the form of its buckets.
  static final String STORAGE_VERSION = EtcdVersion.STORAGE;

  public SnapshotOrigin {
    peerUrls = List.copyOf(peerUrls);
    clientUrls = List.copyOf(clientUrls);
  }

  byte[] memberKey() {
    return EtcdRecords.name(Long.toHexString(memberId).toLowerCase(Locale.ROOT));
  }

  byte[] memberJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      out.writeName("id");
      out.writeNumber(new BigInteger(Long.toUnsignedString(memberId)));
      urls(out, "peerURLs", peerUrls);
      out.writeStringProperty("name", name);
      urls(out, "clientURLs", clientUrls);
      out.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void urls(JsonGenerator out, String name, List<String> urls) {
    out.writeName(name);
    out.writeStartArray();
    urls.forEach(out::writeString);
    out.writeEndArray();
  }

  byte[] confState() {
    return EtcdRecords.name("{\"voters\":[%s]}".formatted(Long.toUnsignedString(memberId)));
  }
}

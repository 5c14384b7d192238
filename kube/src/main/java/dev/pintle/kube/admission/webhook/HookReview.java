package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.admission.expression.ReviewedRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.outbound.OutboundBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The review that a webhook is sent: what is said of the request, and between it the objects as they were written for all who are asked.
///
/// @param said all but the objects
record HookReview(JsonObject said, ReviewedObjects.Told told) implements OutboundBody {
  private static final byte[] OBJECT = ",\"object\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OLD_OBJECT = ",\"oldObject\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "}}".getBytes(StandardCharsets.US_ASCII);

  /// @param told the objects as the webhook is to see them
  static HookReview of(
      AdmissionRequest request,
      MatchedKind matched,
      String version,
      String uid,
      ReviewedObjects.Told told) {
    JsonObject asked = ReviewedRequest.of(request, matched).set("uid", uid);
    if (request.action() == Action.CONNECT) {
      asked.set("options", Json.NULL);
    }
    // The request comes last, and its objects last in it: what is written ends with both their
    // braces.
    JsonObject said =
        new JsonObject()
            .set("kind", "AdmissionReview")
            .set("apiVersion", "admission.k8s.io/" + version)
            .set("request", asked);
    return new HookReview(said, told);
  }

  @Override
  public String apiVersion() {
    return said.textOrEmpty("apiVersion");
  }

  /// None: the room of the objects is also that of the little around them.
  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public List<byte[]> pieces() {
    byte[] written = JsonWriter.bytes(said);
    byte[] begin = Arrays.copyOf(written, written.length - END.length + OBJECT.length);
    System.arraycopy(OBJECT, 0, begin, written.length - END.length, OBJECT.length);
    return List.of(begin, told.objectJson(), OLD_OBJECT, told.oldJson(), END);
  }
}

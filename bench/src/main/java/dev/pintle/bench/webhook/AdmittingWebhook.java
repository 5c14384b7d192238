package dev.pintle.bench.webhook;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.listen.ListenerConfig;
import dev.pintle.wire.listen.WireServer;
import dev.pintle.wire.loop.EventLoops;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsIdentity;
import dev.pintle.wire.tls.TlsTerms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// A validating webhook that admits everything but objects with a certain mark. Prints its port and its certificate and serves until its
/// input ends.
final class AdmittingWebhook {
  /// The mark of an object that is refused.
  static final String REFUSED = "refused0";

  private static final int REVIEW_BYTES_MAX = 8 * 1024 * 1024;

  private AdmittingWebhook() {}

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    TlsIdentity identity = WebhookIdentity.make();
    EventLoops loops = EventLoops.start(1);
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TlsTerms terms = new TlsTerms(TlsConfig.of(identity).withEngine(TlsConfig.Engine.FASTEST));
    WireServer server =
        WireServer.listen(
            loops,
            ListenerConfig.of(anywhere, AdmittingWebhook::serve)
                .withSecurity(new Security.Tls(terms)));
    System.out.println(server.port());
    System.out.println(
        Base64.getEncoder().encodeToString(identity.chain().getFirst().getEncoded()));
    while (System.in.read() >= 0) {
      // Serves until the bench goes.
    }
    server.close();
    loops.close();
  }

  private static void serve(Exchange exchange) {
    exchange.readBody(
        REVIEW_BYTES_MAX, body -> answer(exchange, body), () -> respond(exchange, 413, ""));
  }

  private static void answer(Exchange exchange, ByteBuf body) {
    byte[] bytes = ByteBufUtil.getBytes(body);
    body.release();
    JsonObject request = ((JsonObject) JsonReader.read(bytes)).objectAt("request");
    JsonObject data = request.objectAt("object").objectOrEmpty("data");
    String answer =
        """
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"%s","allowed":%s}}\
        """
            .formatted(request.textOrEmpty("uid"), data.get(REFUSED) == null);
    respond(exchange, 200, answer);
  }

  private static void respond(Exchange exchange, int status, String text) {
    exchange.respond(
        status,
        ResponseHeaders.of("application/json"),
        ByteBufUtil.writeUtf8(exchange.allocator(), text));
  }
}

package dev.pintle.kube.outbound;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.outbound.ClientConfig.Location;
import dev.pintle.kube.outbound.ClientConfig.ServiceReference;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.store.ObjectView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The client of webhooks: sends a review, and takes the answer for what upstream's client takes it for.
public final class WebhookClient {
  private static final int TEXT_BYTES_MAX = 2_048;
  private static final Duration EVER = Duration.ofHours(1);

  private final OutboundClient client;
  private final ServiceEndpoints services;

  public WebhookClient(OutboundClient client, ServiceEndpoints services) {
    this.client = client;
    this.services = services;
  }

  /// The time that a call has.
  ///
  /// @param allowed what the webhook is given
  /// @param left what the caller has
  /// @param announced whether the webhook is told
  /// @param insisting whether the webhook is asked even though it was late again and again
  public record CallTime(Duration allowed, Duration left, boolean announced, boolean insisting) {
    public CallTime(Duration allowed, Duration left, boolean announced) {
      this(allowed, left, announced, false);
    }

    /// Of a call that nobody limits but the webhook's own time.
    public static CallTime of(Duration allowed) {
      return new CallTime(allowed, EVER, false);
    }

    /// The same, of a call that may not be left out.
    public CallTime insistent() {
      return new CallTime(allowed, left, announced, true);
    }

    /// In whole seconds, as upstream tells it.
    private String told() {
      Duration least = allowed.compareTo(left) < 0 ? allowed : left;
      long seconds = least.plusNanos(999_999_999).toSeconds();
      long minutes = seconds / 60;
      return "?timeout=" + (minutes > 0 ? minutes + "m" : "") + seconds % 60 + "s";
    }
  }

  /// Waits for room in memory for what several reviews will send.
  ///
  /// @param time that the caller has for it
  public OutboundRoom room(long bytes, Duration time) throws OutboundException {
    return client.room(bytes, time);
  }

  /// Sends `review` and waits for the answer, an object of `kind`, which may name no version and kind at all. Meanwhile others may have
  /// the place of this thread; what is large is written and read in the client's turn.
  ///
  /// @param view in which services are found
  /// @param taken what is taken of the answer, which nobody holds any more afterwards
  /// @throws OutboundException in upstream's words, but for what it says before them
  public <T> T call(
      ClientConfig config,
      ReviewKind kind,
      OutboundBody review,
      CallTime time,
      ObjectView view,
      Function<JsonObject, T> taken)
      throws OutboundException {
    ServiceReference service = config.service();
    Location location = service == null ? config.location() : ClientConfig.location(service);
    ServerTrust trust = client.trust(config.caBundle());
    String path = location.path() + (time.announced() ? time.told() : "");
    List<Place> places = List.of(new Place(location.host(), location.port()));
    OutboundTarget target =
        new OutboundTarget(
            places, location.host(), location.authority(), path, trust, time.insisting());
    try {
      if (service != null) {
        target = target.at(services.find(service, view));
      }
    } catch (OutboundException failed) {
      throw failed.of(target.request());
    }
    String asked = review.apiVersion();
    return client.post(
        target,
        review,
        kind.answerBytesMax(),
        time.allowed(),
        time.left(),
        reply -> {
          if (!reply.isSuccess()) {
            throw OutboundException.refused(refusal(reply));
          }
          return taken.apply(answer(reply, kind, asked));
        });
  }

  private static JsonObject answer(OutboundReply reply, ReviewKind kind, String asked)
      throws OutboundException {
    if (reply.body().isEmpty()) {
      throw OutboundException.because(
          "0-length response with status code: %d and content type: %s"
              .formatted(
                  reply.code(),
                  reply.contentType().isEmpty() ? "application/json" : reply.contentType()));
    }
    Json read = read(reply);
    if (!(read instanceof JsonObject answer)) {
      throw OutboundException.because(
          "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
              .formatted(GoValues.kind(read)));
    }
    requireKind(answer, kind, asked);
    return answer;
  }

  private static Json read(OutboundReply reply) throws OutboundException {
    try {
      byte[] body = reply.body().array();
      return startsAsObject(body)
          ? JsonReader.read(body)
          : YamlReader.read(new String(body, StandardCharsets.UTF_8));
    } catch (JsonSyntaxException malformed) {
      throw OutboundException.because(
          "couldn't get version/kind; json parse error: " + malformed.getMessage());
    }
  }

  private static boolean startsAsObject(byte[] body) {
    for (byte each : body) {
      if (each > ' ') {
        return each == '{';
      }
    }
    return false;
  }

  private static void requireKind(JsonObject answer, ReviewKind kind, String asked)
      throws OutboundException {
    String version = answer.textOrEmpty("apiVersion");
    String name = answer.textOrEmpty("kind");
    if ((version.isEmpty() && name.isEmpty())
        || (version.equals(asked) && name.equals(kind.kind()))) {
      return;
    }
    GroupVersionKind named = GroupVersionKind.of(version, name);
    boolean other =
        named.group().equals(kind.group())
            && kind.versions().contains(named.version())
            && name.equals(kind.kind());
    boolean status = version.equals("v1") && name.equals("Status");
    if (other || status) {
      throw OutboundException.because(
          "converting (%s.%s) to (%s.%s): unknown conversion"
              .formatted(
                  named.version(), name, asked.substring(asked.indexOf('/') + 1), kind.kind()));
    }
    throw OutboundException.because(
        "no kind %s is registered for version %s in scheme \"pkg/runtime/scheme.go:111\""
            .formatted(GoText.quote(name), GoText.quote(version)));
  }

  /// What a code tells when nothing else does.
  private static Status refusal(OutboundReply reply) {
    Status stated = stated(reply);
    if (stated != null) {
      return stated;
    }
    String text = isText(reply.contentType()) ? text(reply) : "unknown";
    String message =
        switch (reply.code()) {
          case 400 -> "the server rejected our request for an unknown reason";
          case 401 -> "the server has asked for the client to provide credentials";
          case 403, 415 -> text;
          case 404 -> "the server could not find the requested resource";
          case 405 -> "the server does not allow this method on the requested resource";
          case 406 ->
              text.isEmpty() || text.equals("unknown")
                  ? "the server was unable to respond with a content type that the client supports"
                  : text;
          case 409 -> "the server reported a conflict";
          case 422 -> "the server rejected our request due to an error in our request";
          case 429 ->
              "the server has received too many requests and has asked us to try again later";
          case 503 -> "the server is currently unable to handle the request";
          case 504 ->
              "the server was unable to return a response in the time allotted, but may still be processing the request";
          default ->
              reply.code() >= 500
                  ? "an error on the server (%s) has prevented the request from succeeding"
                      .formatted(GoText.quote(text))
                  : "the server responded with the status code %d but did not return more information"
                      .formatted(reply.code());
        };
    return new Status(reply.code(), "", message, Details.NONE);
  }

  private static boolean isText(String contentType) {
    return contentType.isEmpty() || contentType.toLowerCase(Locale.ROOT).startsWith("text/");
  }

  private static String text(OutboundReply reply) {
    byte[] body = reply.body().array();
    return new String(body, 0, Math.min(body.length, TEXT_BYTES_MAX), StandardCharsets.UTF_8)
        .strip();
  }

  /// The Status that a server answers with; null where it is none.
  private static @Nullable Status stated(OutboundReply reply) {
    try {
      if (startsAsObject(reply.body().array())
          && JsonReader.read(reply.body().array()) instanceof JsonObject answer
          && answer.textOrEmpty("kind").equals("Status")
          && answer.textOrEmpty("apiVersion").equals("v1")
          && answer.textOrEmpty("status").equals("Failure")) {
        int code = answer.get("code") instanceof Json.Whole whole ? (int) whole.value() : 0;
        return new Status(
            code, answer.textOrEmpty("reason"), answer.textOrEmpty("message"), Details.NONE);
      }
    } catch (JsonSyntaxException _) {
      // It is none.
    }
    return null;
  }
}

package dev.pintle.kube.encode;

import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.negotiation.Representation.Form;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.WebSocketHandshake;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The answer to one request. It is given once; any thread may give it.
public final class Reply {
  private static final int NO_CONTENT = 204;
  private static final int MOVED = 301;
  private static final int TOO_MANY_REQUESTS = 429;

  /// Below this size, compressing costs more than it saves; upstream's figure.
  public static final int GZIP_BYTES_MIN = 128 * 1024;

  private final Exchange exchange;
  private final Forms forms;
  private final Representation form;
  private final String includeObject;
  private final WarningHeaders warnings;
  private final Runnable initialized;
  private final @Nullable RequestRecord record;

  /// @param warnings what it tells beside itself
  /// @param initialized to be run once a watch has sent what was there at first
  /// @param record that an audit keeps of the request; null where nothing is written down
  public Reply(
      Exchange exchange,
      Forms forms,
      Representation form,
      String includeObject,
      WarningHeaders warnings,
      Runnable initialized,
      @Nullable RequestRecord record) {
    this.initialized = initialized;
    this.record = record;
    this.exchange = exchange;
    this.warnings = warnings;
    this.forms = forms;
    this.form = form;
    this.includeObject = includeObject;
  }

  /// The same answer in another form.
  public Reply in(Representation other) {
    return new Reply(exchange, forms, other, includeObject, warnings, initialized, record);
  }

  /// Says that a watch has sent what was there at first: from now on it costs next to nothing.
  public void initialized() {
    initialized.run();
  }

  public Representation form() {
    return form;
  }

  public String includeObject() {
    return includeObject;
  }

  public Forms forms() {
    return forms;
  }

  public Exchange exchange() {
    return exchange;
  }

  public void object(int code, ResourceType type, StoredObject object) {
    byte[] body = forms.object(form, type, object, includeObject);
    if (isRecorded()) {
      recordAnswer(isJson() ? body : forms.object(inJson(), type, object, includeObject));
    }
    bytes(code, body);
  }

  /// An object that is not stored like this: transformed like a stored one.
  public void object(int code, ResourceType type, JsonObject object) {
    tree(code, forms.transformed(form, type, object, includeObject));
  }

  /// A tree that is shown as it is.
  public void tree(int code, JsonObject tree) {
    byte[] body = forms.bytes(form, tree);
    if (isRecorded()) {
      recordAnswer(isJson() ? body : forms.bytes(inJson(), tree));
    }
    bytes(code, body);
  }

  /// A tree that is no object of the API, so that no audit writes it down.
  public void page(JsonObject tree) {
    bytes(200, forms.bytes(form, tree));
  }

  /// Whether what is answered is written down.
  boolean isRecorded() {
    return record != null && record.takesAnswer();
  }

  /// Writes down what is answered, in JSON that nobody changes any more.
  public void recordAnswer(byte[] json) {
    if (record != null) {
      record.answer(json);
    }
  }

  /// Writes down the next piece of what is answered, in JSON.
  void recordPiece(ByteBuffer json) {
    if (record != null) {
      byte[] copy = new byte[json.remaining()];
      json.get(json.position(), copy);
      var _ = record.piece(copy);
    }
  }

  boolean isJson() {
    return form.mediaType() == MediaType.JSON;
  }

  private Representation inJson() {
    return new Representation(MediaType.JSON, form.form(), form.metaVersion(), false);
  }

  /// How it went, instead of an object.
  public void status(Status status) {
    if (status.equals(Status.NO_PAGE) || status.equals(Status.NO_SERVER)) {
      plain(status.code(), status.message() + "\n");
      return;
    }
    if (record != null) {
      record.status(status);
      record.answer(JsonWriter.bytes(status.toJson()));
    }
    Representation plain = new Representation(form.mediaType(), Form.OBJECT, "v1", form.pretty());
    ResponseHeaders headers = headers(plain.mediaType().text());
    if (status.details().retryAfterSeconds() > 0) {
      headers.add("retry-after", Integer.toString(status.details().retryAfterSeconds()));
    }
    exchange.respond(
        status.code(), headers, Unpooled.wrappedBuffer(forms.bytes(plain, status.toJson())));
  }

  /// The same answer, indented whoever asks.
  public Reply indented() {
    return in(form.prettier(true));
  }

  /// A text of this content type.
  public void text(int code, String contentType, String text) {
    exchange.respond(
        code, headers(contentType), Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  /// A refusal before the request was looked at: too many are being worked on.
  public void tooMany(long retryAfterSeconds) {
    ResponseHeaders headers =
        headers("text/plain; charset=utf-8")
            .add("x-content-type-options", "nosniff")
            .add("retry-after", Long.toString(retryAfterSeconds));
    exchange.respond(
        TOO_MANY_REQUESTS,
        headers,
        Unpooled.copiedBuffer(
            "Too many requests, please try again later.\n", StandardCharsets.UTF_8));
  }

  /// A text for people.
  public void plain(int code, String text) {
    ResponseHeaders headers =
        headers("text/plain; charset=utf-8").add("x-content-type-options", "nosniff");
    exchange.respond(code, headers, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  /// Answers whoever would have a WebSocket, and does not ask for it as one has to; the connection ends with it.
  public void handshakeRefused(WebSocketHandshake.Refused refused) {
    if (refused.tellsVersion()) {
      exchange.addHeader("sec-websocket-version", WebSocketHandshake.VERSION);
    }
    exchange.closeConnection();
    plain(refused.status(), refused.text());
  }

  /// An answer without a body, and so without a type.
  public void nothing() {
    exchange.respond(NO_CONTENT, withWarnings(new ResponseHeaders()), Unpooled.EMPTY_BUFFER);
  }

  /// Sends the client to another place.
  ///
  /// @param location as it was asked for, and decoded; what no header may have is a space there
  public void moved(String location) {
    ResponseHeaders headers = withWarnings(new ResponseHeaders());
    headers.add("location", location.replace('\r', ' ').replace('\n', ' ').replace('\0', ' '));
    exchange.respond(MOVED, headers, Unpooled.EMPTY_BUFFER);
  }

  public void bytes(int code, byte[] body) {
    ResponseHeaders headers = headers(form.mediaType().text());
    if (body.length > GZIP_BYTES_MIN && acceptsGzip()) {
      headers.add("content-encoding", "gzip");
      exchange.respond(code, headers, Unpooled.wrappedBuffer(Gzipped.bytes(body)));
    } else {
      exchange.respond(code, headers, Unpooled.wrappedBuffer(body));
    }
  }

  /// Starts an answer that goes out piece by piece.
  BodyWriter start(boolean gzip) {
    ResponseHeaders headers = headers(form.mediaType().text());
    if (gzip) {
      headers.add("content-encoding", "gzip");
    }
    return exchange.startResponse(200, headers);
  }

  /// Writes down that an answer without an end of its own begins.
  public void recordStart(int code) {
    if (record != null) {
      record.started(code);
    }
  }

  /// Starts the events of a watch.
  public BodyWriter startEvents() {
    recordStart(200);
    String type =
        form.mediaType() == MediaType.JSON
            ? form.mediaType().text()
            : form.mediaType().text() + ";stream=watch";
    return exchange.startResponse(200, headers(type));
  }

  /// Whether it leaves in the form in which objects are stored.
  public boolean isOfStoredBytes() {
    return form.isPlainJson() && !acceptsGzip();
  }

  boolean acceptsGzip() {
    return Gzipped.isAccepted(exchange.head());
  }

  private ResponseHeaders headers(String contentType) {
    return withWarnings(ResponseHeaders.of(contentType));
  }

  private ResponseHeaders withWarnings(ResponseHeaders headers) {
    headers.add("cache-control", "no-cache, private");
    warnings.addTo(headers);
    return headers;
  }
}

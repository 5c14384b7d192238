package dev.pintle.kube.intercept;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.status.Status;
import dev.pintle.wire.Exchange;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The entry of one request in a [RequestJournal]: told of by several threads, and by an event loop of its end.
final class RequestEntry implements RequestRecord, Exchange.EndListener {
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

  private final RequestJournal book;
  private final WrittenObjects objects;
  private final long number;
  private final RequestInfo target;
  private final String uri;
  private final Instant arrived;
  private final String userAgent;
  private final long startedNanos = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by `lock`.
  private @Nullable RequestContext running;
  private String user = "";
  private String name;
  private String sentName = "";
  private String fault = "";
  private String message = "";
  private int refusal;
  private long revisionBefore;
  private WrittenObjects.States states = WrittenObjects.States.NONE;
  private SeenRequest.Ending end = new SeenRequest.Ending(false, 0, "", 0, 0);

  RequestEntry(RequestJournal book, WrittenObjects objects, long number, RequestContext context) {
    this.book = book;
    this.objects = objects;
    this.number = number;
    this.running = context;
    this.target = context.info();
    this.uri = context.exchange().head().target();
    this.arrived = context.arrived();
    this.userAgent = context.header("user-agent");
    this.name = target.name();
  }

  long number() {
    return number;
  }

  SeenRequest seen() {
    lock.lock();
    try {
      RequestContext going = running;
      SeenRequest.Ending ending =
          going == null
              ? end
              : new SeenRequest.Ending(false, 0, message, System.nanoTime() - startedNanos, 0);
      return new SeenRequest(
          number,
          arrived,
          new SeenRequest.Sender(going == null ? user : going.user().name(), userAgent),
          target,
          uri,
          name.isEmpty() ? sentName : name,
          ending,
          fault,
          states.before(),
          states.after());
    } finally {
      lock.unlock();
    }
  }

  /// Its exchange, while it is under way.
  @Nullable Exchange exchange() {
    lock.lock();
    try {
      RequestContext going = running;
      return going == null ? null : going.exchange();
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes of objects it keeps.
  long objectBytes() {
    lock.lock();
    try {
      return states.bytes();
    } finally {
      lock.unlock();
    }
  }

  void forgetObjects() {
    change(() -> states = WrittenObjects.States.NONE);
  }

  /// Tells at which revision it is worked on.
  void begins() {
    if (takesAnswer()) {
      long revision = objects.revision();
      change(() -> revisionBefore = revision);
    }
  }

  /// Tells what the object that was sent says of its name; the server may give it another.
  void sentAs(String sent) {
    change(() -> sentName = sent);
  }

  private void called(String known) {
    change(() -> name = name.isEmpty() ? known : name);
  }

  void injected(String what) {
    change(() -> fault = fault.isEmpty() ? what : fault + ", " + what);
  }

  private void change(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean takesSent() {
    return false;
  }

  @Override
  public boolean takesAnswer() {
    return target.isResource() && WRITES.contains(target.verb());
  }

  @Override
  public void actsAs(UserInfo other, String constraint) {}

  @Override
  public void names(JsonObject metadata) {
    called(metadata.textOrEmpty("name"));
  }

  @Override
  public void sent(byte[] json) {}

  @Override
  public void status(Status status) {
    change(() -> {
      message = status.message();
      refusal = status.isSuccess() ? 0 : status.code();
    });
  }

  /// Looks up what was written before the answer leaves: who has it finds that here.
  @Override
  public void answer(byte[] json) {
    long since;
    lock.lock();
    try {
      if (refusal != 0 || !takesAnswer() || running == null) {
        return;
      }
      since = revisionBefore;
    } finally {
      lock.unlock();
    }
    WrittenObjects.Answered answered = WrittenObjects.Answered.of(json);
    called(answered.name());
    WrittenObjects.States found = objects.written(target, answered, since);
    change(() -> states = found);
  }

  @Override
  public boolean piece(byte[] json) {
    return false;
  }

  @Override
  public void started(int status) {}

  @Override
  public void failed(String why) {
    change(() -> message = why);
  }

  @Override
  public void ended(int status, long bytes) {
    change(() -> {
      RequestContext going = running;
      if (going != null) {
        user = going.user().name();
        running = null;
        end =
            new SeenRequest.Ending(true, status, message, System.nanoTime() - startedNanos, bytes);
      }
    });
    book.ended(this);
  }
}

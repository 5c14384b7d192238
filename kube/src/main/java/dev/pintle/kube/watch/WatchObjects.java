package dev.pintle.kube.watch;

import dev.pintle.kube.encode.Answer;
import dev.pintle.kube.encode.Forms;
import dev.pintle.kube.encode.ListItems;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.verb.ApiRequest;
import dev.pintle.kube.verb.ListObjects;
import dev.pintle.kube.verb.MinRevisionWait;
import dev.pintle.kube.verb.ResourceVersions;
import dev.pintle.kube.verb.SelectionPredicate;
import dev.pintle.kube.verb.VerbContext;
import dev.pintle.kube.verb.VerbHandler;
import dev.pintle.member.WatchHub;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The handler of `watch`.
public final class WatchObjects implements VerbHandler {
  /// A watch that names no end is ended after this long, or up to twice as long, so that not all end at once.
  public static final long SECONDS_MIN = 1_800;

  private static final long BOOKMARK_SECONDS = 60;

  /// So long before its end a watch tells where the next one is to begin; upstream's figure.
  private static final long LAST_BOOKMARK_SECONDS = 2;

  private final VerbContext context;
  private final EventBytes bytes;
  private final EventObjects objects;

  /// The writer of watch events in the protobuf form.
  @FunctionalInterface
  public interface ProtobufFrames {
    byte[] event(String eventKind, byte[] object);
  }

  public WatchObjects(VerbContext context, Forms forms, ProtobufFrames frames) {
    this.context = context;
    this.bytes = new EventBytes(forms, frames::event);
    this.objects = new EventObjects(context.objects());
  }

  @Override
  public Answer handle(ApiRequest request, ObjectView view, Consumer<String> warnings) {
    ListOptions options = ListOptions.parse(request.query(), true);
    ResourceType type = request.type();
    SelectionPredicate selection = SelectionPredicate.of(type, options, request.name());
    long version = ResourceVersions.ofRead(options.resourceVersion());
    boolean named = request.query().has("sendInitialEvents");
    if (!named || !options.sendInitialEvents()) {
      return start(request, options, selection, view);
    }
    try {
      return start(request, options, selection, MinRevisionWait.atLeast(context, version, view));
    } catch (StatusError late) {
      return new Answer.Stream(reply -> refuse(type, late.status(), reply));
    }
  }

  /// Once a watch is admitted, what goes wrong is told by an event.
  private void refuse(ResourceType type, Status status, Reply reply) {
    EventBytes.Wanted wanted =
        new EventBytes.Wanted(EventKind.ERROR, type, reply.form(), reply.includeObject(), false);
    EventStream.open(reply)
        .ifPresent(stream -> {
          stream.write(bytes.frame(wanted, status.toJson()));
          stream.end();
        });
  }

  private Answer start(
      ApiRequest request, ListOptions options, SelectionPredicate selection, ObjectView view) {
    ResourceType type = request.type();
    long version = ResourceVersions.ofRead(options.resourceVersion());
    boolean named = request.query().has("sendInitialEvents");
    boolean fromStart = named ? options.sendInitialEvents() : version == 0;
    ListItems initial =
        fromStart
            ? ListObjects.all(type, request.namespace(), selection, view)
            : ListItems.of(List.of());
    long after = fromStart || version == 0 ? view.revision() : version;
    WatchHub.Spec spec =
        new WatchHub.Spec(
            Keys.range(type, request.namespace()), after + 1, true, true, true, false);
    boolean marksInitial = named && options.sendInitialEvents() && options.bookmarks();
    return new Answer.Stream(reply -> {
      WatchSession.What what =
          new WatchSession.What(
              type,
              spec,
              selection,
              objects,
              reply.form(),
              reply.includeObject(),
              options.bookmarks(),
              marksInitial,
              this::later);
      // Refused, if there is no room, before anything of an answer is sent.
      ListItems first = new InitialObjects(initial, reply.exchange().answerRoom());
      EventStream.open(reply)
          .ifPresent(stream -> begin(what, first, options.timeoutSeconds(), stream, reply));
    });
  }

  private void begin(
      WatchSession.What what, ListItems first, long seconds, EventStream stream, Reply reply) {
    WatchSession session =
        new WatchSession(
            what,
            first,
            bytes,
            stream,
            context.member().watches(),
            OnBehalf.carriedBy(context.workers()));
    schedule(session, seconds, reply);
    session.start();
  }

  private void later(long millis, Runnable action) {
    var _ = context.timers().schedule(action, millis, TimeUnit.MILLISECONDS);
  }

  private void schedule(WatchSession session, long askedSeconds, Reply reply) {
    long seconds =
        askedSeconds > 0 ? askedSeconds : SECONDS_MIN + context.random().nextLong(SECONDS_MIN);
    ScheduledFuture<?> bookmarks =
        context
            .timers()
            .scheduleAtFixedRate(
                session::bookmark, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
    long untilLast = seconds - LAST_BOOKMARK_SECONDS;
    Future<?> last =
        untilLast > 0
            ? context.timers().schedule(session::bookmark, untilLast, TimeUnit.SECONDS)
            : CompletableFuture.completedFuture(null);
    ScheduledFuture<?> end = context.timers().schedule(session::finish, seconds, TimeUnit.SECONDS);
    session.whenOver(() -> {
      bookmarks.cancel(false);
      last.cancel(false);
      end.cancel(false);
    });
    session.whenInitialized(reply::initialized);
    reply.exchange().onDraining(session::finish);
    reply.exchange().onAbort(session::stop);
  }
}

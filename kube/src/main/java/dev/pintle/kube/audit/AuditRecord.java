package dev.pintle.kube.audit;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The record of one request that a policy has written down. It waits for nobody: the end of the request is told on an event loop.
final class AuditRecord implements RequestRecord, Exchange.EndListener {
  private static final int OK = 200;
  private static final int INTERNAL_ERROR = 500;

  private final Audit audit;
  private final AuditVerdict verdict;
  private final AuditHead head;
  private final Kind kind;
  private final Supplier<Map<String, String>> annotations;
  private final ReentrantLock lock = new ReentrantLock();
  // All below are guarded by `lock`.
  private @Nullable AuditReference reference;
  private @Nullable UserInfo actsAs;
  private String constraint = "";
  private @Nullable Status status;
  private byte[] sent = new byte[0];
  private List<byte[]> answer = new ArrayList<>(0);
  private boolean answerIsPart;
  private long collected;
  private boolean cut;
  private boolean started;
  private boolean failed;
  private boolean over;

  /// The kind of a request, by the stages that it has.
  enum Kind {
    USUAL,
    /// Its answer has no end of its own.
    ENDLESS,
    /// It was refused before anybody knew who sends it: the refusal is all there is.
    REFUSED
  }

  AuditRecord(
      Audit audit,
      AuditVerdict verdict,
      AuditHead head,
      RequestInfo target,
      Kind kind,
      Supplier<Map<String, String>> annotations) {
    this.audit = audit;
    this.verdict = verdict;
    this.head = head;
    this.kind = kind;
    this.annotations = annotations;
    GroupVersion version = target.groupVersion();
    this.reference = version == null ? null : AuditReference.of(target, version);
  }

  AuditVerdict verdict() {
    return verdict;
  }

  /// Nothing is known of it yet but its head.
  AuditEvent received() {
    return new AuditEvent(
        verdict,
        head,
        AuditStage.REQUEST_RECEIVED,
        head.received(),
        null,
        "",
        reference,
        null,
        new byte[0],
        List.of(),
        Map.of(),
        false);
  }

  @Override
  public boolean takesSent() {
    return verdict.level().reaches(AuditLevel.REQUEST);
  }

  @Override
  public boolean takesAnswer() {
    return verdict.level().reaches(AuditLevel.REQUEST_RESPONSE);
  }

  @Override
  public void actsAs(UserInfo other, String by) {
    change(() -> {
      actsAs = other;
      constraint = by;
    });
  }

  @Override
  public void names(JsonObject metadata) {
    change(() -> {
      AuditReference known = reference;
      reference = known == null ? null : known.with(metadata);
    });
  }

  @Override
  public void sent(byte[] json) {
    change(() -> {
      if (takesSent() && sent.length == 0) {
        sent = json;
      }
    });
  }

  @Override
  public void status(Status told) {
    change(() -> {
      if (!failed) {
        status = told;
      }
    });
  }

  @Override
  public void answer(byte[] json) {
    change(() -> {
      if (takesAnswer()) {
        giveBack();
        answer = new ArrayList<>(1);
        answer.add(json);
        answerIsPart = false;
      }
    });
  }

  @Override
  public boolean piece(byte[] json) {
    lock.lock();
    try {
      if (over || cut || !takesAnswer()) {
        return false;
      }
      if (collected + json.length > Audit.PIECES_BYTES_MAX || !audit.takeRoom(json.length)) {
        leaveOutAnswer();
        return false;
      }
      collected += json.length;
      answerIsPart = true;
      answer.add(json);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leaveOutAnswer() {
    giveBack();
    answer = new ArrayList<>(0);
    cut = true;
  }

  private void giveBack() {
    audit.giveBackRoom(collected);
    collected = 0;
  }

  @Override
  public void started(int code) {
    change(() -> start(code));
  }

  private void start(int code) {
    if (kind == Kind.ENDLESS && !started) {
      started = true;
      emit(AuditStage.RESPONSE_STARTED, code);
    }
  }

  @Override
  public void failed(String message) {
    change(() -> {
      failed = true;
      status =
          new Status(
              INTERNAL_ERROR, "InternalError", "APIServer panic'd: " + message, Details.NONE);
    });
  }

  @Override
  public void ended(int code, long bytes) {
    change(() -> {
      switch (kind) {
        case REFUSED -> emit(AuditStage.RESPONSE_STARTED, code);
        case USUAL, ENDLESS -> {
          start(code);
          emit(failed ? AuditStage.PANIC : AuditStage.RESPONSE_COMPLETE, code);
        }
      }
      over = true;
      giveBack();
      answer = List.of();
      sent = new byte[0];
    });
  }

  private void change(Runnable step) {
    lock.lock();
    try {
      if (!over) {
        step.run();
      }
    } finally {
      lock.unlock();
    }
  }

  private void emit(AuditStage stage, int code) {
    if (verdict.omitted().contains(stage)) {
      return;
    }
    // Of an answer that its client left, a part is no object.
    boolean whole = !answerIsPart || (code != Exchange.UNANSWERED && isWhole());
    audit.emit(
        new AuditEvent(
            verdict,
            head,
            stage,
            audit.now(),
            actsAs,
            constraint,
            reference,
            outcome(code),
            sent,
            whole ? List.copyOf(answer) : List.of(),
            Map.copyOf(annotations.get()),
            cut || !whole));
  }

  private boolean isWhole() {
    byte[] last = answer.isEmpty() ? new byte[0] : answer.getLast();
    int end = last.length;
    return end > 1 && last[end - 1] == '\n' && last[end - 2] == '}';
  }

  private AuditEvent.Outcome outcome(int code) {
    Status told = status;
    if (code != Exchange.UNANSWERED) {
      return new AuditEvent.Outcome(code, told);
    }
    return new AuditEvent.Outcome(OK, new Status(OK, "", "Connection closed early", Details.NONE));
  }
}

package dev.pintle.kube.intercept;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.chain.Stage;

/// The stage that writes every request down as it comes.
final class RecordingStage implements Stage {
  private final RequestJournal book;
  private final WrittenObjects objects;
  private final Stage next;

  RecordingStage(RequestJournal book, WrittenObjects objects, Stage next) {
    this.book = book;
    this.objects = objects;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    RequestEntry entry = book.begin(context, objects);
    context.notes().judged(entry);
    context.exchange().onEnd(entry);
    next.handle(context);
  }
}

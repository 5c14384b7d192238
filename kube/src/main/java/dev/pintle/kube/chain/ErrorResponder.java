package dev.pintle.kube.chain;

import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;

/// The stage that answers what the stages behind it refuse, or fail at.
public final class ErrorResponder implements Stage {
  private static final System.Logger LOG = System.getLogger(ErrorResponder.class.getName());

  private final Replies replies;
  private final Stage next;

  public ErrorResponder(Replies replies, Stage next) {
    this.replies = replies;
    this.next = next;
  }

  @Override
  public void handle(RequestContext context) {
    try {
      next.handle(context);
    } catch (StatusError refused) {
      replies.refuse(context, refused);
    } catch (ClientGoneException _) {
      // Nobody waits for an answer.
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(System.Logger.Level.ERROR, "a request failed by our fault", bug);
      RequestRecord record = context.record();
      if (record != null) {
        record.failed(String.valueOf(bug.getMessage()));
      }
      replies
          .refusal(context)
          .status(StatusErrors.internal(String.valueOf(bug.getMessage())).status());
    }
  }
}

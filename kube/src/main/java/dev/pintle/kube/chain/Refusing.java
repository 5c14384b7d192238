package dev.pintle.kube.chain;

import dev.pintle.kube.status.Refusal;
import dev.pintle.kube.status.Refusals;

/// Answers what the stages behind it refuse, or fail at.
public final class Refusing implements Stage {
  private static final System.Logger LOG = System.getLogger(Refusing.class.getName());

  private final Replies replies;
  private final Stage next;

  public Refusing(Replies replies, Stage next) {
    this.replies = replies;
    this.next = next;
  }

  @Override
  public void handle(Call call) {
    try {
      next.handle(call);
    } catch (Refusal refused) {
      replies.refusal(call).status(refused.status());
    } catch (ClientGoneException _) {
      // Nobody waits for an answer.
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(System.Logger.Level.ERROR, "a request failed by our fault", bug);
      replies.refusal(call).status(Refusals.internal(String.valueOf(bug.getMessage())).status());
    }
  }
}

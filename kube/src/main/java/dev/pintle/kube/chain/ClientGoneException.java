package dev.pintle.kube.chain;

/// The end of a request whose client went away before it was whole: nobody waits for an answer.
public final class ClientGoneException extends RuntimeException {
  public ClientGoneException() {
    super("the client went away", null, false, false);
  }
}

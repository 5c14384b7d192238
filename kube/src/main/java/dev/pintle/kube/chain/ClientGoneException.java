package dev.pintle.kube.chain;

/// The client went away before its request was whole: nobody waits for an answer.
public final class ClientGoneException extends RuntimeException {
  public ClientGoneException() {
    super("the client went away", null, false, false);
  }
}

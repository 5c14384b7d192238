package dev.pintle.kube.encode;

import java.util.concurrent.Executor;

/// The last step of a request: its answer in the form that the client reads best.
///
/// @param workers write what the client was not ready to take at once
/// @param wholeLists the room for lists that have to be made whole
public record AnswerWriter(Executor workers, WholeLists wholeLists) {

  /// @param turns does what takes long when it is the client's turn
  public void write(Answer answer, Reply reply, Executor turns) {
    switch (answer) {
      case Answer.OneObject(var code, var type, var object) -> {
        MetadataForms.requireOne(reply.form(), type);
        reply.object(code, type, object);
      }
      case Answer.Transformed(var code, var type, var object) -> {
        MetadataForms.requireOne(reply.form(), type);
        reply.object(code, type, object);
      }
      case Answer.Tree(var code, var tree) -> reply.tree(code, tree);
      case Answer.Outcome(var status) -> reply.status(status);
      case Answer.Collection(var type, var items, var meta, _) -> {
        MetadataForms.requireList(reply.form(), type);
        new ListReply(reply, type, items, meta, workers, turns).send(wholeLists);
      }
      case Answer.Stream(var start) -> start.accept(reply);
    }
  }
}

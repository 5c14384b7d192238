package dev.pintle.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;

/// One source of a module, of which the compiler knows every type.
///
/// @param place its path from the folder of all modules
/// @param main whether it is shipped, and no test
record AttributedUnit(String place, boolean main, CompilationUnitTree tree, DocTrees trees) {
  /// The place of a position of its text.
  String at(long position) {
    return place + ":" + tree.getLineMap().getLineNumber(position);
  }
}

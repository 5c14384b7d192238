/// Tables of rules that lie as text beside the code: [TableFile] reads the lines, [RuleTable] finds the rules by their heading. What a line
/// means is told by the package that owns the table.
@NullMarked
package dev.pintle.kube.rule;

import org.jspecify.annotations.NullMarked;

package dev.pintle.kube.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.FieldFacts;
import dev.pintle.kube.schema.OmitPolicy;
import dev.pintle.kube.schema.PatchStrategy;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesTest {
  private static final SchemaNode TEXT = SchemaNode.of(ValueKind.TEXT);
  private static final SchemaNode ITEM =
      SchemaNode.of(
          Field.of("name", TEXT),
          Field.of("image", TEXT),
          merged("args", SchemaNode.of(ValueKind.LIST, TEXT), null),
          Field.of("env", SchemaNode.of(ValueKind.MAP, TEXT)));
  private static final SchemaNode ROOT =
      SchemaNode.of(
          merged("items", SchemaNode.of(ValueKind.LIST, ITEM), "name"),
          merged("set", SchemaNode.of(ValueKind.LIST, TEXT), null),
          Field.of("list", SchemaNode.of(ValueKind.LIST, TEXT)),
          Field.of("map", SchemaNode.of(ValueKind.MAP, TEXT)),
          Field.of("text", TEXT));

  private static Field merged(String name, SchemaNode node, @Nullable String key) {
    FieldFacts.Patch patch = new FieldFacts.Patch(Set.of(PatchStrategy.MERGE), key);
    return new Field(
        name,
        () -> node,
        new FieldFacts(OmitPolicy.OMIT_EMPTY, false, patch, List.of(), FieldFacts.Wording.NONE));
  }

  private static Json patched(PatchType type, String patch, String current) throws PatchException {
    return new Patches(type, read(patch), ROOT, true).apply((JsonObject) read(current));
  }

  private static Json read(String text) {
    return JsonReader.read(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // adding, also at the end and in the middle of a list
        "{'a':1}|[{'op':'add','path':'/b','value':2}]|{'a':1,'b':2}",
        "{'a':[1,3]}|[{'op':'add','path':'/a/1','value':2},{'op':'add','path':'/a/-','value':4}]|{'a':[1,2,3,4]}",
        "{'a':[1]}|[{'op':'add','path':'/a/1','value':2}]|{'a':[1,2]}",
        "{'a/b':{'c~d':1}}|[{'op':'replace','path':'/a~1b/c~0d','value':2}]|{'a/b':{'c~d':2}}",
        "{'a':{'b':1}}|[{'op':'move','from':'/a/b','path':'/c'}]|{'a':{},'c':1}",
        "{'a':[1]}|[{'op':'copy','from':'/a','path':'/b'},{'op':'add','path':'/b/-','value':2}]|{'a':[1],'b':[1,2]}",
        "{'a':[1,2]}|[{'op':'remove','path':'/a/0'}]|{'a':[2]}",
        "{'a':[1,2]}|[{'op':'remove','path':'/a/-1'}]|{'a':[1]}",
        "{'a':1}|[{'op':'test','path':'/a','value':1},{'op':'remove','path':'/a'}]|{}",
        "{'a':1}|[{'op':'test','path':'/none','value':null}]|{'a':1}",
        "{'a':1}|[]|{'a':1}",
        "{'a':1}|null|{'a':1}",
        // what is not there has the value null
        "{'a':1}|[{'op':'replace','path':'/b','value':2}]|{'a':1,'b':2}",
        "{'a':1}|[{'op':'replace','path':'/b'}]|{'a':1,'b':null}",
        "{'a':1}|[{'op':'copy','from':'/none','path':'/b'}]|{'a':1,'b':null}",
        "{'a':1}|[{'op':'test','path':'/none'}]|{'a':1}",
        // an item can be moved into the one that takes its place
        "{'a':[{'x':1},{'y':2}]}|[{'op':'move','from':'/a/0','path':'/a/0/z'}]|{'a':[{'y':2,'z':{'x':1}}]}",
        // what stands before the first slash counts for nothing
        "{'a':1}|[{'op':'add','path':'no/b','value':2}]|{'a':1,'b':2}"
      })
  void jsonPatchOperationsAreDoneInOrder(String current, String patch, String expected)
      throws PatchException {
    assertThat(patched(PatchType.JSON, patch, current)).isEqualTo(read(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[{'op':'remove','path':'/nope/x'}]|NOT_APPLICABLE",
        "[{'op':'remove','path':'/nope'}]|NOT_APPLICABLE",
        "[{'op':'replace','path':'/nope/x','value':1}]|NOT_APPLICABLE",
        "[{'op':'replace','path':'/l/1','value':1}]|NOT_APPLICABLE",
        "[{'op':'add','path':'','value':{}}]|NOT_APPLICABLE",
        "[{'op':'copy','from':'','path':'/b'}]|NOT_APPLICABLE",
        "[{'op':'move','from':'/nope','path':'/b'}]|NOT_APPLICABLE",
        "[{'op':'replace','path':'','value':1}]|NOT_APPLICABLE",
        "[{'op':'add','path':'a','value':1}]|NOT_APPLICABLE",
        "[null]|NOT_APPLICABLE",
        "[{'op':'test','path':'/a','value':2}]|NOT_APPLICABLE",
        "[{'op':'add','path':'/l/5','value':2}]|NOT_APPLICABLE",
        "[{'op':'add','path':'/l/x','value':2}]|NOT_APPLICABLE",
        "[{'op':'nope','path':'/a'}]|NOT_APPLICABLE",
        "[{'op':'move','from':'/l','path':'/l/0'}]|NOT_APPLICABLE",
        "{'op':'x'}|MALFORMED",
        "[1]|MALFORMED"
      })
  void jsonPatchesThatDoNotFitAreRefused(String patch, PatchException.Kind kind) {
    assertThatThrownBy(() -> patched(PatchType.JSON, patch, "{'a':1,'l':[1]}"))
        .isInstanceOfSatisfying(PatchException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void operationsBeyondTheLimitAreCountedAndNotRead() {
    String operations =
        "[" + "{\"op\":\"test\",\"path\":\"/a\",\"value\":[1,{}]},".repeat(10_000) + "7]";
    Json unread = Patches.excessive(PatchType.JSON, operations.getBytes(UTF_8));
    assertThat(unread)
        .isInstanceOfSatisfying(JsonArray.class, list -> assertThat(list.size()).isEqualTo(10_001));
    assertThatThrownBy(() ->
            new Patches(PatchType.JSON, requireNonNull(unread), ROOT, true).apply(new JsonObject()))
        .hasMessage("The allowed maximum operations in a JSON patch is 10000, got 10001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[%s7]", "[%s7,8", "[%s7,8,]", "{\"a\":[%s7,8,9]}", "[[%s7,8,9]]", "[%s7,8]]"})
  void whatHoldsNoMoreOperationsOrIsBrokenIsReadAsEver(String form) {
    byte[] patch = form.formatted("0,".repeat(9_999)).getBytes(UTF_8);
    assertThat(Patches.excessive(PatchType.JSON, patch)).isNull();
    assertThat(
            Patches.excessive(
                PatchType.MERGE, "[%s7]".formatted("0,".repeat(20_000)).getBytes(UTF_8)))
        .isNull();
  }

  @Test
  void aFailedPatchLeavesTheObjectAsItWas() {
    JsonObject current = (JsonObject) read("{'a':{'b':1}}");
    assertThatThrownBy(() ->
        new Patches(
                PatchType.JSON,
                read("[{'op':'remove','path':'/a/b'},{'op':'remove','path':'/none'}]"),
                ROOT,
                true)
            .apply(current));
    assertThat(current).isEqualTo(read("{'a':{'b':1}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'a':'b'}|{'a':'c'}|{'a':'c'}",
        "{'a':'b','b':'c'}|{'a':null}|{'b':'c'}",
        "{'a':{'b':'c'}}|{'a':{'b':'d','c':null}}|{'a':{'b':'d'}}",
        "{'a':['b']}|{'a':'c'}|{'a':'c'}",
        "{'a':'c'}|{'a':{'b':{'x':null}}}|{'a':{'b':{}}}",
        "{'e':null}|{'a':1}|{'e':null,'a':1}"
      })
  void mergePatchFollowsItsRfc(String current, String patch, String expected)
      throws PatchException {
    assertThat(patched(PatchType.MERGE, patch, current)).isEqualTo(read(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // lists with a key are merged item by item, new items stand where the patch puts them
        "{'items':[{'name':'a','image':'1'},{'name':'b'}]}|{'items':[{'name':'a','image':'2'}]}"
            + "|{'items':[{'name':'a','image':'2'},{'name':'b'}]}",
        "{'items':[{'name':'a'}]}|{'items':[{'name':'b'}]}|{'items':[{'name':'b'},{'name':'a'}]}",
        "{'items':[{'name':'a'},{'name':'b'}]}|{'items':[{'$patch':'delete','name':'a'}]}|{'items':[{'name':'b'}]}",
        "{'items':[{'name':'a'}]}|{'items':[{'$patch':'replace'},{'name':'c'}]}|{'items':[{'name':'c'}]}",
        "{'items':[{'name':'a','args':['x']}]}|{'items':[{'name':'a','args':['y']}]}"
            + "|{'items':[{'name':'a','args':['y','x']}]}",
        // sets of scalars are joined, other lists replaced
        "{'set':['a','b']}|{'set':['c','a']}|{'set':['c','a','b']}",
        "{'set':['a','b']}|{'$deleteFromPrimitiveList/set':['a']}|{'set':['b']}",
        "{'list':['a','b']}|{'list':['c']}|{'list':['c']}",
        "{'list':['a']}|{'list':null}|{}",
        // maps
        "{'map':{'a':'1','b':'2'}}|{'map':{'a':null,'c':'3'}}|{'map':{'b':'2','c':'3'}}",
        "{'map':{'a':'1'}}|{'map':{'$patch':'replace','b':'2'}}|{'map':{'b':'2'}}",
        "{'map':{'a':'1'}}|{'map':{'$patch':'delete'}}|{'map':{}}",
        "{'map':{'a':'1','b':'2'}}|{'map':{'$retainKeys':['a','c'],'c':'3'}}|{'map':{'a':'1','c':'3'}}",
        // the order of a list that is patched
        "{'items':[{'name':'a'},{'name':'b'},{'name':'c'}]}"
            + "|{'$setElementOrder/items':[{'name':'c'},{'name':'a'}],'items':[{'name':'a','image':'1'}]}"
            + "|{'items':[{'name':'b'},{'name':'c'},{'name':'a','image':'1'}]}",
        "{'set':['a','b']}|{'$setElementOrder/set':['b','a']}|{'set':['b','a']}",
        // a directive that names nothing does nothing
        "{'map':{'':'1'}}|{'map':{'$deleteFromPrimitiveList/':['1']}}|{'map':{'':'1'}}",
        // nulls and directives in what is new do not stay
        "{}|{'map':{'a':null,'b':'1'}}|{'map':{'b':'1'}}",
        "{}|{'items':[{'name':'a'},{'$patch':'delete','name':'b'}]}|{'items':[{'name':'a'}]}"
      })
  void strategicPatchesFollowTheSchema(String current, String patch, String expected)
      throws PatchException {
    assertThat(patched(PatchType.STRATEGIC, patch, current)).isEqualTo(read(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'items':[{'image':'1'}]}|UNFORESEEN",
        "{'items':[{'$patch':'merge','name':'a'}]}|UNFORESEEN",
        "{'map':{'$patch':'nope'}}|UNFORESEEN",
        "{'map':{'$retainKeys':['a'],'b':'1'}}|MALFORMED",
        "{'map':{'$retainKeys':'a'}}|MALFORMED",
        "{'$setElementOrder/items':[{'name':'b'}],'items':[{'name':'a'}]}|UNFORESEEN",
        "{'$setElementOrder':[],'items':[{'name':'a'}]}|MALFORMED",
        "{'$deleteFromPrimitiveListset':['a']}|MALFORMED",
        "{'$setElementOrder/none':['a']}|UNFORESEEN",
        "{'items':['a']}|UNFORESEEN",
        "{'items':[{'name':'a','args':[['x']]}],'set':[['a']]}|NOT_APPLICABLE",
        "[]|MALFORMED"
      })
  void strategicPatchesThatDoNotFitAreRefused(String patch, PatchException.Kind kind) {
    assertThatThrownBy(() ->
            patched(
                PatchType.STRATEGIC, patch, "{'items':[{'name':'a'}],'map':{'a':'1'},'set':[]}"))
        .isInstanceOfSatisfying(PatchException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'items':[{'image':'1'}]}|{'items':[{'name':'a'}]}|does not contain declared merge key: name",
        "{'items':[{'image':'1'}]}|{'$deleteFromPrimitiveList/items':[]}|does not contain declared merge key: name",
        "{}|{'$setElementOrder/items':['a'],'items':[]}|no elements in any of the given slices",
        "{'set':['a']}|{'$deleteFromPrimitiveList/set':[{'a':1}]}|list element types are not identical",
        "{'set':[{}]}|{'set':[{}]}|cannot merge lists without merge key for string"
      })
  void whatAListLacksIsTold(String current, String patch, String told) {
    assertThatThrownBy(() -> patched(PatchType.STRATEGIC, patch, current))
        .isInstanceOf(PatchException.class)
        .hasMessageContaining(told);
  }

  private static Json spelled(String operations, String current) throws PatchException {
    byte[] bytes = operations.replace('\'', '"').getBytes(UTF_8);
    Json read = JsonReader.readAsWritten(bytes, (_, _, _) -> {});
    return new Patches(PatchType.JSON, read, Patches.spellings(read, bytes), ROOT, true)
        .apply((JsonObject) read(current));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':0}|0|0.0|-0|0e0",
        "{'a':-0}|0|0.0|-0|-0.0",
        "{'a':0.5}|0.5|0.50|5e-1|'0.5'",
        "{'a':1e21}|1e+21|1e21|1E+21|1000000000000000000000",
        "{'a':9223372036854775808}|9223372036854776000|9223372036854775808|9.223372036854776e18|1e999",
        "{'a':'a&<>'}|'a\\u0026\\u003c\\u003e'|'a&<>'|'\\u0061\\u0026\\u003c\\u003e'|'a\\u0026\\u003C\\u003E'",
        "{'a':'ä/'}|'ä/'|'ä\\/'|'\\u00e4/'|1",
        "{'a':['b',{'c':1}]}|[ 'b', { '\\u0063' : 1 } ]|['\\u0062',{'c':1}]|['b',{'c':1.0}]|['b',{'c':1},2]",
        "{'a':{'b':null}}|{'b':1,'b':null}|{'b':'\\u0061'}|{}|{'c':null}"
      })
  void aTestComparesSpellings(String current, String same, String b, String c, String d)
      throws PatchException {
    String test = "[{'op':'test','path':'/a','value':%s}]";
    assertThat(spelled(test.formatted(same), current)).isEqualTo(read(current));
    for (String other : List.of(b, c, d)) {
      assertThatThrownBy(() -> spelled(test.formatted(other), current))
          .as(other)
          .isInstanceOf(PatchException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what the patch itself has put there stays as it was spelled, until it is copied
        "add|1.0|/a|1.0|1",
        "add|'a&b'|/a|'a&b'|'a\\u0026b'",
        "add|{'c':['&',{'d':'<'}]}|/a|{'c':['&',{'d':'<'}]}|{'c':['&',{'d':'\\u003c'}]}",
        "copy|{'c':['&',{'d':'<'}]}|/b|{'c':['\\u0026',{'d':'\\u003c'}]}|{'c':['&',{'d':'\\u003c'}]}",
        "copy|'&\\u0061'|/b|'\\u0026\\u0061'|'\\u0026a'",
        "copy|'&\\u0061'|/a|'&\\u0061'|'\\u0026\\u0061'",
        "copy|1E5|/b|1E5|1e5",
        "move|'a&b'|/b|'a&b'|'a\\u0026b'"
      })
  void whatAPatchPutsThereIsSpelledAsItSays(
      String op, String value, String path, String same, String other) throws PatchException {
    String operations =
        "[{'op':'add','path':'/a','value':%s},{'op':'%s','from':'/a','path':'/%s','value':%s},{'op':'test','path':'%s','value':%s}]";
    String to = op.equals("add") ? "z" : "b";
    spelled(operations.formatted(value, op, to, value, path, same), "{}");
    assertThatThrownBy(() -> spelled(operations.formatted(value, op, to, value, path, other), "{}"))
        .isInstanceOf(PatchException.class);
  }
}

package io.clusterrecovery.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.utils.builder.Buildable;

/** Edits as text, with whatever Route 53 keeps about a record: for the journal of a run. */
final class RecordText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordText() {}

  static String of(List<DnsEdit> edits) {
    ArrayNode all = JSON.createArrayNode();
    for (DnsEdit edit : edits) {
      ObjectNode one = all.addObject();
      edit.before().ifPresent(record -> one.set("before", written(record.set())));
      edit.after().ifPresent(record -> one.set("after", written(record.set())));
    }
    return all.toString();
  }

  static List<DnsEdit> parse(String text) {
    List<DnsEdit> edits = new ArrayList<>();
    try {
      for (JsonNode one : JSON.readTree(text)) {
        Optional<RecordSeen> before = record(one.get("before"));
        Optional<RecordSeen> after = record(one.get("after"));
        edits.add(new DnsEdit(after.or(() -> before).orElseThrow().id(), before, after));
      }
      return edits;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no edits of records: " + text, e);
    }
  }

  private static Optional<RecordSeen> record(@Nullable JsonNode node) {
    return Optional.ofNullable(node)
        .map(set -> new RecordSeen((ResourceRecordSet) read(ResourceRecordSet.builder(), set)));
  }

  private static ObjectNode written(SdkPojo pojo) {
    ObjectNode node = JSON.createObjectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !(value instanceof SdkAutoConstructList)) {
        node.set(field.memberName(), value(value));
      }
    }
    return node;
  }

  private static JsonNode value(Object value) {
    if (value instanceof SdkPojo pojo) {
      return written(pojo);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.createArrayNode();
      list.forEach(each -> array.add(value(each)));
      return array;
    }
    return JSON.valueToTree(value);
  }

  private static Object read(SdkPojo builder, JsonNode node) {
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = node.get(field.memberName());
      if (value != null) {
        field.set(builder, value(field, value));
      }
    }
    return ((Buildable) builder).build();
  }

  private static Object value(SdkField<?> field, JsonNode node) {
    if (node.isObject()) {
      return read(field.constructor().get(), node);
    }
    if (node.isArray()) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> list = new ArrayList<>();
      node.forEach(each -> list.add(value(member, each)));
      return list;
    }
    return JSON.convertValue(node, field.marshallingType().getTargetClass());
  }
}

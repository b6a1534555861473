package io.clusterrecovery.etcd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads an object that is stored as JSON, as far as kind and metadata. */
final class KubernetesJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private String version = "";
  private String kind = "";
  private String uid = "";
  private long newest;

  private KubernetesJson() {}

  static KubernetesObject read(byte[] json) {
    KubernetesJson object = new KubernetesJson();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      object.object(parser);
    } catch (IOException | DateTimeException e) {
      return KubernetesObject.NONE;
    }
    return new KubernetesObject(object.version + " " + object.kind, object.uid, object.newest);
  }

  private void object(JsonParser parser) throws IOException {
    boolean metadata = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("apiVersion")) {
        version = text(parser);
      } else if (name.equals("kind")) {
        kind = text(parser);
      } else if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
        metadata(parser);
        metadata = true;
      } else {
        parser.skipChildren();
      }
      if (metadata && !kind.isEmpty() && !version.isEmpty()) {
        return;
      }
    }
  }

  private void metadata(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("uid")) {
        uid = text(parser);
      } else if (name.equals("creationTimestamp")) {
        time(parser);
      } else if (name.equals("managedFields") && value == JsonToken.START_ARRAY) {
        managedFields(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void managedFields(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("time")) {
          time(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void time(JsonParser parser) throws IOException {
    String text = text(parser);
    if (!text.isEmpty()) {
      newest = Math.max(newest, Instant.parse(text).getEpochSecond());
    }
  }

  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }
}

package io.clusterrecovery.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a recovery in a process of its own and the drill say to each other, one line each, of which
 * the first word is the kind and the rest is JSON.
 *
 * @param kind what it is
 * @param json more of it
 */
record SiteLine(String kind, String json) {
  /** The drill tells what is where. */
  static final String FACTS = "facts";

  /** The recovery asks for the host of a name; the drill answers with a list of one or none. */
  static final String FIND = "find";

  /** The recovery asks for a new host. */
  static final String MAKE = "make";

  /** The recovery asks what kubeadm joins a host with. */
  static final String JOIN = "join";

  /** The drill answers. */
  static final String ANSWER = "answer";

  /** The drill could not do what it was asked for. */
  static final String FAILED = "failed";

  /** The recovery has planned a step. */
  static final String PLANNED = "planned";

  /** The recovery tells of what it does. */
  static final String LINE = "line";

  /** The recovery is where it is to be killed. */
  static final String POINT = "point";

  /** The recovery has ended. */
  static final String ENDED = "ended";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static SiteLine of(String kind, Object value) {
    try {
      return new SiteLine(kind, MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written: " + value, e);
    }
  }

  static SiteLine parse(String line) {
    int space = line.indexOf(' ');
    return new SiteLine(line.substring(0, space), line.substring(space + 1));
  }

  <T> T as(Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not understood: " + this, e);
    }
  }

  @Override
  public String toString() {
    return kind + " " + json;
  }
}

package io.clusterrecovery;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of what JSON holds, and takes records apart. */
final class JsonRecords {
  private JsonRecords() {}

  /** {@return what a record holds there} */
  static @Nullable Object value(Record of, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that cannot be read: " + of.getClass(), e);
    }
  }

  /**
   * {@return a value as one of that type}
   *
   * @param value maps, lists and plain values, as {@link JsonParser} gives them
   * @throws IllegalArgumentException if it is none
   */
  static @Nullable Object as(@Nullable Object value, Type type) {
    if (value == null) {
      return null;
    }
    if (type instanceof ParameterizedType list && value instanceof List<?> items) {
      return list(items, list.getActualTypeArguments()[0]);
    }
    if (type instanceof Class<?> one && one.isRecord() && value instanceof Map<?, ?> members) {
      return record(members, one);
    }
    if (type instanceof Class<?> one && value instanceof String text) {
      return plain(text, one);
    }
    if (value instanceof Long
        ? type == long.class
        : value instanceof Boolean && type == boolean.class) {
      return value;
    }
    throw new IllegalArgumentException("no " + type.getTypeName() + ": " + value);
  }

  private static List<@Nullable Object> list(List<?> items, Type of) {
    List<@Nullable Object> list = new ArrayList<>();
    items.forEach(item -> list.add(as(item, of)));
    return list;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object plain(String text, Class<?> type) {
    try {
      if (type == String.class) {
        return text;
      }
      if (type == Instant.class) {
        return Instant.parse(text);
      }
      if (type.isEnum()) {
        return Enum.valueOf((Class<? extends Enum>) type, text);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no moment in time: " + text, e);
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + text);
  }

  private static Object record(Map<?, ?> members, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = as(members.get(components[i].getName()), components[i].getGenericType());
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that cannot be made: " + type, e);
    }
  }
}

// Sentences with numbers and names in them: what errors say, and where. All of them are put together by one function, so that a
// place which reports something holds the sentence and what goes into it, and no more.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mlp {

/// A number as text for messages: whole numbers in full, others with at most nine significant digits.
std::string to_text(double x);

template <class T>
concept Number = std::integral<T> || std::floating_point<T>;

/// What takes the place of one {}: a text, which is referred to and not copied, or a number.
class Part {
 public:
  Part(std::string_view text) noexcept : text_(text.data()), size_(text.size()) {}
  Part(const std::string& text) noexcept : Part(std::string_view(text)) {}
  Part(const char* text) noexcept : Part(std::string_view(text)) {}
  Part(Number auto number) noexcept : number_(static_cast<double>(number)) {}

  void append_to(std::string& text) const;

 private:
  static constexpr std::size_t no_text = std::string_view::npos;
  const char* text_ = nullptr;
  std::size_t size_ = no_text;
  double number_ = 0;
};

/// "expected {} numbers, got {}" and the two of them. For arguments: it refers to what it was made of. Without parts a {} stays.
class Message {
 public:
  Message(std::string_view form, std::initializer_list<Part> parts = {}) noexcept : form_(form), parts_(parts) {}
  Message(const char* form, std::initializer_list<Part> parts = {}) noexcept : form_(form), parts_(parts) {}
  Message(const std::string& text) noexcept : form_(text), parts_() {}

  std::string text() const;

 private:
  std::string_view form_;
  std::initializer_list<Part> parts_;
};

}  // namespace mlp

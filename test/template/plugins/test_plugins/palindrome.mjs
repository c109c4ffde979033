export default { palindrome: (text) => [...text].reverse().join('') === text }

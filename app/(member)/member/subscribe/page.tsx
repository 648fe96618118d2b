export { default, metadata } from '#app/(reader)/subscribe/page.tsx';
